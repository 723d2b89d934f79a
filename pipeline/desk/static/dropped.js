// Files let go anywhere on the page, or chosen several at once: each is read by the page for its sort, one after the other.
import { element, say } from "./desk.js";

const takers = [];
let waiting = [];
let unread = "";

// A page that reads files of some names; `take` shows one.
export function reads(pattern, take) {
  takers.push({ pattern, take });
}

export async function takeAll(files) {
  waiting = [...files].filter((file) => takers.some((one) => one.pattern.test(file.name)));
  const strange = [...files].filter((file) => !waiting.includes(file)).map((file) => file.name).join("、");
  unread = strange && `没有读：${strange}。这里只收 .xlsx、.docx 和 .pdf；旧的 .doc、.xls 请先另存为新格式。`;
  if (waiting.length) await next();
  else if (unread) say(unread, true);
}

function next() {
  const file = waiting.shift();
  return takers.find((one) => one.pattern.test(file.name)).take(file);
}

// Beside what is shown of one file: what else was dropped with it, and the way on.
export function offerNext(box) {
  if (unread) box.append(element("p", { class: "refused", role: "alert" }, unread));
  if (!waiting.length) return;
  const names = waiting.map((file) => file.name).join("、");
  box.append(element("p", { class: "soft" }, `还有 ${waiting.length} 个文件没有看：${names} `,
    element("button", { class: "quiet", onclick: () => next() }, "看下一个")));
}

// A file let go is read, and never replaces the page.
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const files = event.dataTransfer?.files || [];
  if (files.length) takeAll(files);
});
