// What a paste brings: a table from Excel or Word becomes rows, several lines become several items.
import { changed, current, remember } from "./form.js";

export function paste(event, shape, holder, key, control) {
  const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "") || "";
  const spot = control.closest("[data-path]");
  const path = spot.dataset.path.split(".");
  const grid = text.split("\n").map((line) => line.split("\t").map(clean));
  const wide = grid.some((cells) => cells.length > 1);
  if (shape.type === "markdown" && wide) {
    event.preventDefault();
    control.setRangeText(table(grid), control.selectionStart, control.selectionEnd, "end");
    control.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  if (Array.isArray(holder) && grid.length > 1 && !wide) {
    event.preventDefault();
    remember();
    const lines = grid.map(([one]) => one.replace(/^(?:[（(]?\d+[）)]|\d+[.、．]|[·•●-])\s*/, "")).filter(Boolean);
    holder.splice(Number(key), holder[key] ? 0 : 1, ...lines);
    changed(true);
    return;
  }
  const found = rows(path);
  if (!found || (!wide && grid.length < 2)) return;
  event.preventDefault();
  remember();
  fill(grid, found);
  changed(true);
}

function clean(text) {
  return text.replace(/[\u00a0\u3000]/g, " ").replace(/[\u200b-\u200d\ufeff]/g, "").trim();
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

function fill(grid, { items, each, index, key }) {
  const simple = each.children.filter((one) => one.type !== "list" && one.type !== "dict");
  const label = (text) => text.replace(/[（(].*$/, "").replace(/\s/g, "");
  const heads = grid[0].map((cell) => simple.find((one) => label(one.label) === label(cell)));
  const headed = heads.filter(Boolean).length >= 2;
  const start = simple.findIndex((one) => one.key === key);
  const columns = headed ? heads : simple.slice(start);
  for (const [number, cells] of (headed ? grid.slice(1) : grid).entries()) {
    const at = index + number;
    if (!items[at]) items[at] = {};
    for (const [column, cell] of cells.entries()) {
      const child = columns[column];
      if (child && cell) items[at][child.key] = answer(child, cell);
    }
  }
}

// A cell as the field wants it: choices and names by their words.
function answer(child, cell) {
  const known = child.values.length ? child.values : current().choices[child.reference] || [];
  const found = known.find(([key, word]) => word === cell || key === cell || word.replace(/[（(].*$/, "") === cell);
  if (found) return found[0];
  if (child.type === "flag") return { 是: "true", 否: "false", "√": "true" }[cell] || cell;
  const day = child.type === "date" && cell.match(/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/);
  if (day) return `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}`;
  return child.type === "money" ? cell.replace(/[,，]/g, "") : cell;
}

function table(grid) {
  const width = Math.max(...grid.map((cells) => cells.length));
  const line = (cells) => `| ${Array.from({ length: width }, (_, at) => (cells[at] || "").replace(/\|/g, "／")).join(" | ")} |`;
  return [line(grid[0]), `|${"---|".repeat(width)}`, ...grid.slice(1).map(line)].join("\n");
}
