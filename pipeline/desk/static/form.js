// One record as a form, made from its schema: the answers live in `state.form`, the page shows them.
import { call, element, offerUndo, say, show, Refused } from "./desk.js";
import { field, blank } from "./fields.js";
import { place as putFindings, halfWritten, summary } from "./found.js";
import { decide } from "./review.js";

let state = null;

export async function openForm(file) {
  const told = await call("form", { file });
  state = { ...told, past: [], open: new Set(), seen: new Set(), touched: told.drafted, asked: told.exists, timer: 0 };
  const local = stored(file);
  if (local && local.base === state.base && !told.readOnly) {
    state.form = local.form;
    state.touched = true;
  }
  draw();
  place(told.findings);
  await check();
}

export async function closeForm() {
  if (!state) return;
  clearTimeout(state.timer);
  if (state.touched) await check();
  state = null;
}

// What was typed and not heard of by the server yet, should it be gone.
const shelf = (file) => `coop-draft:${file}`;
function stored(file) {
  try {
    return JSON.parse(localStorage.getItem(shelf(file)));
  } catch {
    return null;
  }
}

export function current() {
  return state;
}

// A change: `kept` is the form before it, for undoing.
export function remember() {
  const text = JSON.stringify(state.form);
  if (state.past.at(-1) !== text) state.past.push(text);
  if (state.past.length > 200) state.past.shift();
}

export function changed(redraw = false, focus = "") {
  state.touched = true;
  try {
    localStorage.setItem(shelf(state.file), JSON.stringify({ base: state.base, form: state.form }));
  } catch {
    // a full store costs nothing: the server keeps the draft
  }
  if (redraw) draw(focus);
  told("正在记下……");
  clearTimeout(state.timer);
  // At once what concerns this record alone; what others have to do with it, when the hands rest.
  state.timer = setTimeout(() => check(true), 250);
}

function draw(focus = "") {
  const at = window.scrollY;
  const sections = parts();
  const jump = element("select", { "aria-label": "跳到", onchange: jumpTo }, element("option", { value: "" }, "跳到……"),
    ...sections.map((one, index) => element("option", { value: index }, one.label)));
  const tools = element("div", { class: "tools" },
    state.readOnly ? null : element("button", { class: "main", id: "save", onclick: () => save() }, "保存"),
    state.readOnly ? null : element("button", { id: "undo", onclick: undo }, "撤销一步"),
    state.readOnly ? null : element("button", { id: "discard", onclick: discard }, "放弃草稿"),
    jump, element("span", { id: "standing", class: "soft", role: "status" }));
  const crumbs = element("p", { class: "crumbs" }, element("a", { href: "#/" }, "总览"),
    ...(state.project ? [" › ", element("a", { href: `#/project/${state.project}` }, state.projectTitle)] : []));
  const form = element("div", { class: "form" }, element("ul", { class: "found general" }),
    ...sections.map((one, index) => section(one, index)));
  const aside = element("aside", { "aria-label": "改动和纸面" },
    element("details", { id: "changes" }, element("summary", {}, "本次没有改动"), element("ul", { class: "plain" })),
    element("div", { id: "papers", "data-file": state.file }));
  const page = element("div", { class: "desk" }, crumbs,
    element("h1", {}, state.title, " ", state.title.includes(state.kind) ? null : element("small", {}, state.kind)), tools, element("div", { id: "asked", role: "alert" }),
    element("div", { class: "beside" }, form, aside));
  if (state.readOnly) for (const one of form.querySelectorAll("input, select, textarea, button")) one.disabled = true;
  const before = document.getElementById("papers");
  show(page, state.projectTitle && state.projectTitle !== state.title ? `${state.title} ${state.projectTitle}` : state.title);
  if (before && before.dataset.file === state.file) document.getElementById("papers").replaceWith(before);
  for (const one of form.querySelectorAll("textarea")) grow(one);
  window.scrollTo(0, at);
  if (focus) form.querySelector(`[data-path="${CSS.escape(focus)}"]`)?.querySelector("input, select, textarea")?.focus();
  if (state.findings) place(state.findings);
}

export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 4, 480)}px`;
}

// Sections in the order of the paper; what need not be filled in and is empty comes last, folded.
function parts() {
  const found = [];
  const later = [];
  for (const one of state.shape) {
    const value = state.form[one.key];
    if (!one.required && !one.wanted && blank(value) && !state.open.has(one.key)) {
      later.push(one);
      continue;
    }
    const large = one.type === "list" || one.type === "dict";
    if (large || !found.length || found.at(-1).large) found.push({ large, label: large ? one.label : "", fields: [] });
    found.at(-1).fields.push(one);
  }
  let first = true;
  for (const one of found.filter((part) => !part.large)) {
    one.label = first ? "基本情况" : one.fields.map((each) => each.label).slice(0, 3).join("、");
    first = false;
  }
  if (later.length) found.push({ large: false, later: true, label: `可以不填的（${later.length} 项）`, fields: later });
  return found;
}

function section(one, index) {
  if (one.later) {
    const buttons = one.fields.map((each) => element("button", {
      type: "button",
      onclick: () => {
        state.open.add(each.key);
        draw(each.key);
      },
    }, `＋ ${each.label}`));
    return element("section", { id: `part-${index}` }, element("h2", {}, one.label),
      element("p", { class: "doors" }, ...buttons));
  }
  const box = element("section", { id: `part-${index}` }, one.large ? null : element("h2", {}, one.label));
  for (const each of one.fields) box.append(field(each, state.form, each.key, [each.key], 2));
  return box;
}

function jumpTo(event) {
  document.getElementById(`part-${event.target.value}`)?.scrollIntoView({ behavior: "auto", block: "start" });
  event.target.value = "";
}

const place = (findings) => putFindings(state, findings, (key) => {
  state.open.add(key);
  draw(key);
});

let running = false;
let again = "";

async function check(quick = false) {
  if (!state) return;
  clearTimeout(state.later);
  if (running) {
    again = again === "all" || !quick ? "all" : "quick";
    return;
  }
  running = true;
  const { file, base, form, touched } = state;
  const sent = JSON.stringify(form);
  try {
    const answer = await call("check", { file, base, form, touched, quick, paper: true });
    if (state && state.file === file) {
      if (localStorage.getItem(shelf(file)) === JSON.stringify({ base, form: JSON.parse(sent) })) localStorage.removeItem(shelf(file));
      hear(answer);
      if (quick) state.later = setTimeout(check, 1500);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    told("还没有记下");
    say(error.message, true);
  } finally {
    running = false;
  }
  if (again) {
    const next = again;
    again = "";
    await check(next === "quick");
  }
}

function hear(answer) {
  state.choices = answer.choices;
  place(answer.findings);
  const list = document.querySelector("#changes ul");
  document.querySelector("#changes summary").textContent = answer.changes.length ? `本次改动 ${answer.changes.length} 处` : "本次没有改动";
  list.replaceChildren(...answer.refusals.map((one) => element("li", { class: "bad" }, `${one.where} 写不进去：${one.reason}`)),
    ...answer.changes.map(change));
  if (answer.papers) papers(answer.papers);
  const open = summary(state);
  told(answer.changes.length ? `${state.readOnly ? "" : "草稿已记下，"}${open}` : open);
}

function change(one) {
  const words = one.old && one.new ? [element("del", {}, one.old), " → ", element("ins", {}, one.new)]
    : [element(one.sort === "删" ? "del" : "ins", {}, one.new || one.old)];
  return element("li", {}, element("b", {}, one.sort), ` ${one.where}：`, ...words);
}

function papers(made) {
  const box = document.getElementById("papers");
  const open = box.querySelector("details[open]")?.dataset.title;
  const at = box.querySelector("details[open] .paper")?.scrollTop || 0;
  box.replaceChildren(...made.map((one, index) => {
    const paper = element("div", { class: "paper", tabindex: "0", role: "group", "aria-label": "纸面" });
    paper.innerHTML = one.html; // made by the program's own printer, which escapes every text
    return element("details", { "data-title": one.title, open: open ? open === one.title : index === 0 && innerWidth > 900 },
      element("summary", {}, `纸面：${one.title}`), paper);
  }));
  const again = box.querySelector("details[open] .paper");
  if (again) again.scrollTop = at;
  mark();
}

function told(text) {
  const spot = document.getElementById("standing");
  if (spot) spot.textContent = text;
}

function mark() {
  const path = state?.focus;
  for (const one of document.querySelectorAll("#papers .here")) one.classList.remove("here");
  if (!path) return;
  const found = [...document.querySelectorAll("#papers [data-from]")].filter((one) => one.dataset.from === path || one.dataset.from.startsWith(`${path}.`));
  for (const one of found) one.classList.add("here");
  const paper = found[0]?.closest(".paper");
  if (paper) paper.scrollTop = found[0].offsetTop - paper.offsetTop - 80;
}

async function save(chosen = "") {
  clearTimeout(state.timer);
  state.asked = true;
  const { file, base, form } = state;
  try {
    const answer = await call("save", { file, base, form, chosen });
    if (answer.clashes) {
      say("");
      return decide(answer.clashes, save, document.getElementById("asked"));
    }
    localStorage.removeItem(shelf(file));
    state.touched = false;
    state.past = [];
    state = { ...state, ...(await call("form", { file })), asked: true };
    draw();
    await check();
    say(answer.changed ? "已保存。" : "没有改动，不用保存。");
    if (answer.changed) offerUndo(() => openForm(state.file));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    place(state.findings || []);
    say(error.message, true);
  }
}

function undo() {
  const now = JSON.stringify(state.form);
  while (state.past.length && state.past.at(-1) === now) state.past.pop();
  if (!state.past.length) return say("没有可以撤销的了");
  state.form = JSON.parse(state.past.pop());
  changed(true);
}

async function discard() {
  if (!confirm("放弃没有保存的改动，回到文件里的内容？")) return;
  await call("discard", { file: state.file });
  localStorage.removeItem(shelf(state.file));
  const { file } = state;
  state = null;
  await openForm(file);
}

addEventListener("focusin", (event) => {
  const spot = event.target.closest?.(".form [data-path]");
  if (!state || !spot) return;
  state.focus = spot.dataset.path;
  mark();
});
addEventListener("focusout", (event) => {
  const spot = event.target.closest?.(".form [data-path]");
  if (!state || !spot) return;
  state.seen.add(spot.dataset.path);
  if (state.findings) setTimeout(halfWritten);
});
addEventListener("keydown", (event) => {
  if (state && (event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    if (!state.readOnly) save();
  }
});
