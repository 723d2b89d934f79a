// The desk's pages: which one is open, and how it talks to the server.
import { openBook } from "./book.js";
import { openForm, closeForm } from "./form.js";
import { openNew } from "./new.js";
import { openReview } from "./review.js";
import { openWord } from "./word.js";

const KEY = "coop-key";
const main = document.getElementById("main");

// The token came behind the # of the address; it is kept here and shown no more.
const given = new URLSearchParams(location.hash.slice(1)).get("key");
if (given) {
  localStorage.setItem(KEY, given);
  history.replaceState(null, "", "/#/");
}

export class Refused extends Error {}

export async function call(name, data = {}, more = {}) {
  let answer;
  try {
    answer = await fetch(`/do/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Coop-Token": localStorage.getItem(KEY) || "" },
      body: JSON.stringify(data),
      ...more,
    });
  } catch {
    throw new Refused("编辑台没有回应：它的窗口可能关了。请重新运行 coop desk；您写的内容留在这台电脑里，打开后还在。");
  }
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Refused(told.error || "没有办成，请再试一次"), { stale: Boolean(told.stale) });
  return told;
}

export function say(text, bad = false) {
  const said = document.getElementById("said");
  said.textContent = text;
  said.className = bad ? "bad" : "";
  clearTimeout(say.timer);
  if (bad) said.append(" ", element("button", { onclick: () => say("") }, "知道了"));
  else say.timer = setTimeout(() => (said.textContent = ""), 5000);
}

// What was just saved can be taken back, all its files together; then `next` shows what is there again.
export function offerUndo(next) {
  document.getElementById("said").append(" ", element("button", { onclick: () => takeBack(next) }, "撤销这次保存"));
  clearTimeout(say.timer);
  say.timer = setTimeout(() => say(""), 30000);
}

export async function takeBack(next) {
  try {
    const { files } = await call("undo");
    await next();
    say(files.length > 1 ? `已撤销刚才的保存，${files.length} 份记录都回到原来的样子。` : "已撤销刚才的保存。");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, true);
  }
}

// A button that is at work takes no second press: a double click would begin or write everything twice.
export async function once(button, work) {
  if (button.disabled) return;
  button.disabled = true;
  try {
    await work();
  } finally {
    button.disabled = false;
  }
}

export function element(name, attributes = {}, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...inner.filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

export function show(node, title) {
  main.replaceChildren(node);
  document.title = title ? `${title} · 编辑台` : "校企合作编辑台";
}

async function fragment(name, data) {
  const told = await call(name, data);
  const box = document.createElement("div");
  box.innerHTML = told.html; // made by the server's templates, which escape everything
  show(box, told.title);
  box.querySelector("#together")?.addEventListener("click", together);
  box.querySelector("#takeback")?.addEventListener("click", () => takeBack(() => fragment("home", {})));
  if (told.college) document.getElementById("college").textContent = told.college;
}

async function together() {
  try {
    const { files } = await call("save-together");
    await fragment("home", {});
    say(files.length ? `${files.length} 份记录一起保存了。` : "没有改动，不用保存。");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, true);
  }
}

async function route() {
  const [part, ...rest] = decodeURIComponent(location.hash.replace(/^#\/?/, "")).split("/");
  await closeForm();
  say("");
  try {
    if (part === "file") await openForm(rest.join("/"));
    else if (part === "project") await fragment("project", { project: rest[0] });
    else if (part === "kind") await fragment("kind", { kind: rest[0] });
    else if (part === "book") openBook();
    else if (part === "review") await openReview();
    else if (part === "word") await openWord();
    else if (part === "new") await openNew(rest[0], rest[1]);
    else await fragment("home", {});
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    show(element("p", { class: "refused", role: "alert" }, error.message));
  }
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", route);
route();

export const MOST = 1400000; // bytes of a file: as text they still fit into one request

// A file as text, to be sent.
export async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
