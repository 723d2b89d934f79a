// What a paste brings: a table from Excel or Word becomes rows, several lines become several items, days are read.
import { say } from "./desk.js";
import { changed, current, remember } from "./form.js";

export function paste(event, shape, holder, key, control) {
  const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "") || "";
  if (shape.type === "date") return day(event, text, control);
  const path = control.closest("[data-path]").dataset.path.split(".");
  const grid = marked(event.clipboardData?.getData("text/html") || "") || cells(text);
  const wide = grid.some((one) => one.length > 1);
  if (shape.type === "markdown" && wide) {
    event.preventDefault();
    control.setRangeText(table(grid), control.selectionStart, control.selectionEnd, "end");
    control.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  if (Array.isArray(holder) && grid.length > 1 && !wide) {
    event.preventDefault();
    remember();
    holder.splice(Number(key), holder[key] ? 0 : 1, ...grid.map(([one]) => item(one)).filter(Boolean));
    changed(true);
    return;
  }
  const found = rows(path);
  if (!found || (!wide && grid.length < 2)) return;
  event.preventDefault();
  remember();
  const left = fill(grid, found);
  changed(true);
  if (left.length) say(`“${left.join("”“")}”没有对应的栏目，这几列没有填进去；要留的请写进“说明”一类的栏目`, true);
}

// A browser's own field for days takes no other writing than its own.
function day(event, text, control) {
  const found = iso(clean(text));
  if (!found) return;
  event.preventDefault();
  remember();
  control.value = found;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function iso(text) {
  const found = text.normalize("NFKC").match(/^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/);
  return found ? `${found[1]}-${found[2].padStart(2, "0")}-${found[3].padStart(2, "0")}` : "";
}

function clean(text) {
  return text.replace(/[\u00a0\u3000]/g, " ").replace(/[\u200b-\u200d\ufeff]/g, "").trim();
}

// An item of a list without the number and the stop that it has on paper: the program prints its own.
function item(text) {
  return text.replace(/^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]+)[）)]|\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]+、|[·•●-])\s*/, "").replace(/[；;。]$/, "");
}

// The cells of a copied table as Word and Excel mark them: a cell of several lines stays one cell.
function marked(html) {
  if (!/<t[dh][\s>]/i.test(html)) return null;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const table = body.querySelector("table");
  // What stands around a table would be lost: the plain text has it.
  if (!table || clean(body.textContent.replace(table.textContent, ""))) return null;
  const grid = [];
  for (const [number, row] of [...table.rows].entries()) {
    const line = (grid[number] ||= []);
    let at = 0;
    for (const cell of row.cells) {
      while (line[at] !== undefined) at += 1;
      // A merged cell says the same in all its rows, and in the first of its columns.
      for (let down = 0; down < Math.min(cell.rowSpan || 1, table.rows.length - number); down += 1) {
        for (let across = 0; across < Math.min(cell.colSpan || 1, 50); across += 1) (grid[number + down] ||= [])[at + across] = across ? "" : words(cell);
      }
    }
  }
  const made = grid.map((line) => Array.from(line, (one) => one || ""));
  return made.length > 1 || made[0]?.length > 1 ? made : null;
}

function words(cell) {
  for (const end of cell.querySelectorAll("br")) end.replaceWith(" ");
  for (const end of cell.querySelectorAll("p:not(:last-child), div:not(:last-child)")) end.append(" ");
  return clean(cell.textContent.replace(/\s+/g, " "));
}

// The cells of a text with tabs; what Excel puts in quotes may hold ends of lines.
function cells(text) {
  const plain = text.includes("\t") ? text.replace(/(^|[\t\n])"((?:[^"]|"")*)"(?=[\t\n]|$)/g, (_, before, inner) => before + inner.replace(/""/g, '"').replace(/\n/g, " ")) : text;
  return plain.split("\n").map((line) => line.split("\t").map(clean));
}

// The list of rows that a field is in, the number of its row, and the fields of a row.
function rows(path) {
  const state = current();
  let shape = { children: state.shape, type: "dict" };
  let value = state.form;
  let found = null;
  for (const [depth, step] of path.entries()) {
    if (shape.type === "list") {
      const { each } = shape;
      if (each.children && depth === path.length - 2) found = { items: value, each, index: Number(step), key: path.at(-1) };
      shape = each;
      value = value[Number(step)];
    } else if (shape.children) {
      shape = shape.children.find((one) => one.key === step);
      value = value?.[step];
    } else {
      shape = shape.each;
      value = value?.find((one) => one.key === step)?.value;
    }
    if (!shape) return null;
  }
  return found;
}

const TOTAL = /^(?:合|总|小|共)\s*计/;
const NUMBER = /^(?:序号|编号|№|No\.?)$/i;

// Rows filled from a table; gives the headings of columns that no field takes.
function fill(grid, { items, each, index, key }) {
  const simple = each.children.filter((one) => one.type !== "list" && one.type !== "dict");
  const heads = headed(grid[0], simple);
  const named = heads.filter(Boolean).length >= 2;
  const columns = named ? heads : simple.slice(simple.findIndex((one) => one.key === key));
  const body = (named ? grid.slice(1) : grid).filter((line) => line.some(Boolean) && !line.slice(0, 2).some((one) => TOTAL.test(one)));
  for (const [number, line] of body.entries()) {
    const at = index + number;
    if (!items[at]) items[at] = {};
    for (const [column, cell] of line.entries()) {
      const child = columns[column];
      if (child && cell) items[at][child.key] = answer(child, cell);
    }
  }
  const width = Math.max(...grid.map((line) => line.length));
  const left = Array.from({ length: width }, (_, at) => at).filter((at) => !columns[at] && body.some((line) => line[at]));
  return left.map((at) => (named && grid[0][at]) || `第 ${at + 1} 列`).filter((word) => !NUMBER.test(word));
}

// The field of each heading: called so, or nearly so (设备名称 for 名称, 交付日期 for 交付时间).
function headed(line, simple) {
  const plain = (text) => text.replace(/[（(].*$/, "").replace(/\s/g, "");
  const near = (one, other) => {
    if (!one || NUMBER.test(one)) return 0;
    if (one === other) return 3;
    if (one.includes(other) || (one.length > 1 && other.includes(one))) return 2;
    return one.length > 2 && one.slice(0, 2) === other.slice(0, 2) ? 1 : 0;
  };
  const pairs = line.flatMap((cell, column) => simple.map((child) => ({ column, child, score: near(plain(cell), plain(child.label)) })));
  const made = [];
  for (const one of pairs.filter((pair) => pair.score).sort((first, second) => second.score - first.score)) {
    if (!made[one.column] && !made.includes(one.child)) made[one.column] = one.child;
  }
  return Array.from({ length: line.length }, (_, at) => made[at]);
}

// A cell as the field wants it: choices and names by their words.
function answer(child, cell) {
  const known = child.values.length ? child.values : current().choices[child.reference] || [];
  const bare = (word) => word.replace(/[（(].*$/, "");
  const found = known.find(([key, word]) => word === cell || key === cell || bare(word) === bare(cell));
  if (found) return found[0];
  if (child.type === "flag") return { 是: "true", 否: "false", "√": "true", "×": "false" }[cell] || cell;
  if (child.type === "date") return iso(cell) || cell;
  return child.type === "money" ? cell.replace(/[,，]/g, "") : cell;
}

function table(grid) {
  const width = Math.max(...grid.map((line) => line.length));
  const line = (one) => `| ${Array.from({ length: width }, (_, at) => (one[at] || "").replace(/\|/g, "／")).join(" | ")} |`;
  return [line(grid[0]), `|${"---|".repeat(width)}`, ...grid.slice(1).map(line)].join("\n");
}
