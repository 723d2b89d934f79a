// The fields of a form, each made from what the schema states of it. `holder[key]` is where its answer lives.
import { element, say } from "./desk.js";
import { changed, current, grow, remember } from "./form.js";
import { paste } from "./paste.js";
import { looks } from "./looks.js";

let number = 0;

export function blank(value) {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.every((one) => blank(one && one.value !== undefined && "key" in one ? one.value : one));
  if (typeof value === "object") {
    if ("$none" in value || "$kept" in value) return false;
    return Object.entries(value).every(([key, one]) => key === "$at" || blank(one));
  }
  return false;
}

export function empty(shape) {
  if (shape.type === "list" || (shape.type === "dict" && !shape.children)) return [];
  return shape.type === "dict" ? {} : "";
}

// An answer put in place, with what holds it made where it was not there.
function put(holder, key, value) {
  holder[key] = value;
  changed();
}

export function field(shape, holder, key, path, level) {
  const value = holder[key];
  const kept = value && typeof value === "object" && "$kept" in value;
  if (kept) return wrap(shape, path, element("p", { class: "hint" }, "这里的内容表单显示不了，保存时原样保留。"));
  if (shape.type === "dict" || shape.type === "list") return group(shape, holder, key, path, level);
  return single(shape, holder, key, path);
}

function wrap(shape, path, control, id) {
  return element("div", { class: `field ${shape.type}`, "data-path": path.join(".") },
    element("label", { for: id }, shape.label, need(shape)), help(shape), control, element("ul", { class: "found" }));
}

function need(shape) {
  return shape.required ? element("span", { class: "need" }, "必填") : null;
}

function help(shape) {
  const clause = shape.clause ? element("span", { class: "clause" }, `依据 ${shape.clause}`) : null;
  return shape.hint || clause ? element("p", { class: "hint" }, shape.hint || "", shape.hint && clause ? "　" : "", clause) : null;
}

function single(shape, holder, key, path) {
  const id = `f${(number += 1)}`;
  const made = control(shape, holder, key, id);
  return wrap(shape, path, shape.type === "markdown" ? looks(made, shape.label) : made, id);
}

function control(shape, holder, key, id, label = "") {
  const value = holder[key] ?? "";
  const named = current().choices[shape.reference];
  let made;
  if (shape.values.length) made = choice(shape.values, value);
  else if (named) made = choice(named, value);
  else if (shape.type === "flag") made = choice([["true", "是"], ["false", "否"]], value);
  else if (shape.type === "markdown") made = area(value);
  else made = line(shape, value);
  made.id = id;
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("focus", remember);
  made.addEventListener("input", () => put(holder, key, said(shape, made.value)));
  made.addEventListener("paste", (event) => paste(event, shape, holder, key, made));
  if (shape.type === "money") made.addEventListener("blur", () => (made.value = thousands(made.value)));
  else if (FIGURES.includes(shape.type)) made.addEventListener("blur", () => (made.value = half(made.value)));
  return made;
}

const FIGURES = ["money", "number", "percent", "integer"];

function said(shape, text) {
  return shape.type === "money" ? text.replace(/[,，]/g, "") : text;
}

// Full-width figures and signs as the narrow ones.
const half = (text) => String(text).normalize("NFKC").trim();

// An amount as it was understood: 9.6万元 is 96,000.00.
export function thousands(text) {
  let plain = half(text).replace(/[,，\s]/g, "").replace(/^[¥￥]/, "").replace(/元$/, "");
  const myriads = plain.match(/^(-?\d+)(?:\.(\d{1,6}))?万$/);
  if (myriads) plain = `${myriads[1]}${(myriads[2] || "").padEnd(4, "0").slice(0, 4)}.${(myriads[2] || "").slice(4)}`.replace(/^(-?)0+(?=\d)/, "$1").replace(/\.$/, "");
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return text;
  const [whole, rest] = plain.split(".");
  const cents = (rest || "").padEnd(2, "0");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

function choice(values, value) {
  const known = values.some(([one]) => one === value);
  const options = [["", "请选择"], ...values, ...(value && !known ? [[value, `${value}（不在名单里）`]] : [])];
  const made = element("select", {}, ...options.map(([one, word]) => element("option", { value: one }, word)));
  made.value = value;
  return made;
}

function area(value) {
  const made = element("textarea", { rows: 2 });
  made.value = value;
  made.addEventListener("input", () => grow(made));
  return made;
}

function line(shape, value) {
  const day = shape.type === "date" && (value === "" || /^\d{4}-\d\d-\d\d$/.test(value));
  const digits = FIGURES.includes(shape.type);
  const made = element("input", { type: day ? "date" : "text", autocomplete: "off", inputmode: digits ? "decimal" : null, max: day ? "9999-12-31" : null });
  made.value = shape.type === "money" ? thousands(value) : value;
  return made;
}

// A mapping or a list: a part of its own with a heading.
function group(shape, holder, key, path, level) {
  const value = holder[key];
  const none = value && typeof value === "object" && "$none" in value;
  const head = element("div", { class: "head" }, element(`h${Math.min(level, 5)}`, {}, shape.label, need(shape)), help(shape),
    shape.none ? declared(shape, holder, key, path, none) : null, element("ul", { class: "found" }));
  const box = element("div", { class: `group level-${level}`, "data-path": path.join(".") }, head);
  if (none) return box;
  if (shape.type === "list") box.append(list(shape, holder, key, path, level));
  else if (shape.children) box.append(...inside(shape, holder, key, path, level));
  else box.append(entries(shape, holder, key, path, level));
  return box;
}

// “本项不发生”: a switch, and the reason.
function declared(shape, holder, key, path, none) {
  const toggle = element("input", {
    type: "checkbox",
    checked: none,
    onchange: (event) => {
      remember();
      const old = holder[key];
      holder[key] = event.target.checked ? { $none: "", $was: old ?? empty(shape) } : old.$was ?? empty(shape);
      changed(true, event.target.checked ? [...path, "none"].join(".") : path.join("."));
    },
  });
  const told = element("div", { class: "none" }, element("label", {}, toggle, ` ${shape.label}：本项不发生`));
  if (none) {
    const reason = { type: "text", label: "不发生的理由", required: true, values: [], hint: "写一句话，会印在文书里" };
    told.append(single(reason, holder[key], "$none", [...path, "none"]));
  }
  return told;
}

function inside(shape, holder, key, path, level) {
  if (holder[key] === undefined || typeof holder[key] !== "object" || Array.isArray(holder[key])) holder[key] = {};
  const value = holder[key];
  const needed = shape.children.filter((one) => one.required || one.wanted || !blank(value[one.key]));
  const rest = shape.children.filter((one) => !needed.includes(one));
  const one = (child) => field(child, value, child.key, [...path, child.key], level + 1);
  const made = [element("div", { class: "grid" }, ...needed.map(one))];
  if (rest.length && !needed.length) return [element("div", { class: "grid" }, ...rest.map(one))];
  if (rest.length) {
    const name = path.join(".");
    const details = element("details", { class: "more", open: current().open.has(name) },
      element("summary", {}, `可以不填：${rest.map((child) => child.label).join("、")}`), element("div", { class: "grid" }, ...rest.map(one)));
    details.addEventListener("toggle", () => current().open[details.open ? "add" : "delete"](name));
    made.push(details);
  }
  return made;
}

function list(shape, holder, key, path, level) {
  if (!Array.isArray(holder[key])) holder[key] = [];
  const { each } = shape;
  const items = holder[key];
  if (each.values.length) return boxes(each, holder, key);
  const flat = each.type !== "dict" && each.type !== "list";
  const rows = items.map((_, index) => {
    const at = [...path, index];
    const body = flat ? bare(each, items, index, at, `${shape.label}第 ${index + 1} 项`) : field(each, items, index, at, level);
    return row(shape, items, index, at, body, flat);
  });
  return element("div", { class: flat ? "rows" : "cards" }, ...rows, element("button", {
    type: "button",
    class: "add",
    onclick: () => {
      remember();
      items.push(empty(each));
      changed(true, [...path, items.length - 1].join("."));
    },
  }, `＋ 加一项${shape.label}`));
}

function bare(each, items, index, path, label) {
  const id = `f${(number += 1)}`;
  return element("div", { class: "field", "data-path": path.join(".") }, control(each, items, index, id, label), element("ul", { class: "found" }));
}

function row(shape, items, index, path, body, flat) {
  const name = `${shape.label}第 ${index + 1} 项`;
  const step = (sign, label, done, off = false) => element("button", {
    type: "button",
    "aria-label": `${label}${name}`,
    title: label,
    disabled: off,
    onclick: () => {
      remember();
      changed(true, done());
    },
  }, sign);
  const at = (place) => [...path.slice(0, -1), place].join(".");
  const move = (to) => () => {
    items.splice(to, 0, ...items.splice(index, 1));
    return at(to);
  };
  return element("div", { class: flat ? "row" : "card" }, body, element("div", { class: "steps" },
    step("↑", "上移", move(index - 1), index === 0),
    step("↓", "下移", move(index + 1), index === items.length - 1),
    step("复制", "复制", () => {
      items.splice(index + 1, 0, copied(items[index]));
      return at(index + 1);
    }),
    step("删除", "删除", () => {
      items.splice(index, 1);
      return at(Math.max(0, index - 1));
    })));
}

// A copy is a new thing: it comes from no place of the file.
function copied(value) {
  return JSON.parse(JSON.stringify(value, (key, one) => (key === "$at" ? undefined : one)));
}

function boxes(each, holder, key) {
  const made = each.values.map(([one, word]) => element("label", {}, element("input", {
    type: "checkbox",
    checked: holder[key].includes(one),
    onchange: (event) => {
      remember();
      const chosen = holder[key].filter((other) => other !== one);
      put(holder, key, event.target.checked ? [...chosen, one] : chosen);
    },
  }), ` ${word}`));
  const strange = holder[key].filter((one) => !each.values.some(([known]) => known === one));
  return element("div", { class: "boxes" }, ...made, strange.length ? element("p", { class: "hint" }, `还写着：${strange.join("、")}`) : null);
}

// A mapping by ids: whose it is, then what.
function entries(shape, holder, key, path, level) {
  if (!Array.isArray(holder[key])) holder[key] = [];
  const { each } = shape;
  const items = holder[key];
  const flat = each.type !== "dict" && each.type !== "list";
  const rows = items.map((item, index) => {
    const at = [...path, item.key];
    const who = named(shape, items, index);
    const body = flat ? bare(each, item, "value", at, `${shape.label}：${each.label}`) : field({ ...each, label: each.label }, item, "value", at, level);
    return element("div", { class: flat ? "row pair" : "card" }, who, body, element("div", { class: "steps" }, element("button", {
      type: "button",
      "aria-label": `删除${shape.label}第 ${index + 1} 项`,
      onclick: () => {
        remember();
        items.splice(index, 1);
        changed(true, path.join("."));
      },
    }, "删除")));
  });
  return element("div", { class: flat ? "rows" : "cards" }, ...rows, element("button", {
    type: "button",
    class: "add",
    onclick: () => {
      remember();
      const next = fresh(shape, items);
      items.push({ key: next, value: empty(each) });
      changed(true, [...path, next].join("."));
    },
  }, `＋ 加一项${shape.label}`));
}

function fresh(shape, items) {
  const taken = items.map((one) => one.key);
  const known = current().choices[shape.keys?.reference];
  if (known) return (known.find(([one]) => !taken.includes(one)) || [""])[0];
  const letter = /^[a-z]/.test(shape.key) ? shape.key[0] : "x";
  let count = items.length + 1;
  while (taken.includes(`${letter}${count}`)) count += 1;
  return `${letter}${count}`;
}

function named(shape, items, index) {
  const known = current().choices[shape.keys?.reference];
  const label = shape.keys?.label || "编号";
  const id = `f${(number += 1)}`;
  const made = known ? choice(known, items[index].key) : element("input", { type: "text", autocomplete: "off" });
  if (!known) made.value = items[index].key;
  made.id = id;
  made.addEventListener("focus", remember);
  made.addEventListener("change", () => {
    if (items.some((one, other) => other !== index && one.key === made.value)) {
      say(`${made.selectedOptions?.[0]?.text || made.value}已经有一项了，每个只写一项；这一项没有改`, true);
      made.value = items[index].key;
      return;
    }
    items[index].key = made.value;
    changed(true);
  });
  return element("div", { class: "field key" }, element("label", { for: id }, label), made);
}
