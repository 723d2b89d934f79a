// A new record by a few questions.
import { call, element, once, say, show, Refused } from "./desk.js";

export async function openNew(kind, project) {
  if (kind === "agreement") return newProject(await call("new"));
  if (!kind) return choose(await call("new"));
  const told = await call("new", { kind });
  if (!told.questions) return choose(told);
  const needed = told.questions.find((one) => one.name === "project");
  if (needed && !needed.values.length) return noProject(told.label);
  const answers = {};
  const fields = told.questions.map((one) => question(one, answers, one.name === "project" && project ? project : one.value));
  ask(`新建${told.label}`, fields, () => begin(kind, answers));
}

function noProject(label) {
  show(element("div", {}, element("h1", {}, `新建${label}`), element("p", {}, "还没有合作项目。先",
    element("a", { href: "#/new/agreement" }, "新建合作项目"), "，保存以后再来。")), `新建${label}`);
}

function choose(told) {
  const doors = told.kinds.map(([name, label]) => door(name, label));
  const list = element("ul", { class: "doors" }, door("agreement", "合作项目"), ...doors);
  show(element("div", {}, element("h1", {}, "新建什么？"), list), "新建");
}

function door(name, label) {
  return element("li", {}, element("a", { class: "button", href: `#/new/${name}` }, label));
}

function newProject(told) {
  const answers = { enterprises: [], forms: [] };
  ask("新建合作项目", [
    question({ name: "title", label: "合作项目名称", hint: "写项目全称，以后可以改" }, answers),
    question({ name: "department", label: "由哪个系部实施", type: "choice", values: told.departments }, answers),
    several("和哪些企业合作", ["名单里没有的，先", element("a", { href: "#/new/enterprise" }, "登记合作企业"), "，保存以后再来"], told.enterprises, answers.enterprises),
    several("怎样合作（可以选几种）", "只签合作意向的，只选“合作意向（框架）”", told.forms, answers.forms),
  ], () => begin("agreement", answers));
}

function ask(title, fields, done) {
  const button = element("button", { class: "main" }, "开始填写");
  const form = element("form", { class: "questions", novalidate: true }, element("h1", {}, title), ...fields,
    element("p", {}, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(button, done);
  });
  show(form, title);
  form.querySelector("input, select")?.focus();
}

async function begin(kind, answers) {
  try {
    location.hash = `#/file/${(await call("begin", { kind, answers })).file}`;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, true);
  }
}

function question(one, answers, value = "") {
  const id = `q-${one.name}`;
  let control;
  if (one.type === "choice") {
    const options = [["", "请选择"], ...one.values].map(([key, word]) => element("option", { value: key }, word));
    control = element("select", { id }, ...options);
  } else {
    control = element("input", { id, type: one.type === "date" ? "date" : "text", autocomplete: "off" });
  }
  control.value = value || "";
  answers[one.name] = control.value;
  control.addEventListener("input", () => (answers[one.name] = control.value));
  return element("div", { class: "field" }, element("label", { for: id }, one.label), control,
    one.hint ? element("p", { class: "hint" }, one.hint) : null);
}

function several(label, hint, values, chosen) {
  const boxes = values.map(([key, word]) => element("label", {}, element("input", {
    type: "checkbox",
    onchange: (event) => (event.target.checked ? chosen.push(key) : chosen.splice(chosen.indexOf(key), 1)),
  }), ` ${word}`));
  return element("fieldset", { class: "field boxes" }, element("legend", {}, label),
    hint ? element("p", { class: "hint" }, ...[hint].flat()) : null, ...boxes);
}
