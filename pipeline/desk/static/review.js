// Sending for review: what goes out, what has to be decided first, what came back.
import { call, element, say, show, Refused } from "./desk.js";

export async function openReview(fresh = false) {
  const told = await call("review", { fresh });
  const box = document.createElement("div");
  box.innerHTML = told.html; // made by the server's templates, which escape everything
  show(box, told.title);
  const form = box.querySelector("#sending");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    tried(() => send(form, {}));
  });
  form?.addEventListener("change", (event) => event.target.name === "file" && suggest(form));
  box.querySelector("#ask")?.addEventListener("click", () => tried(() => openReview(true)));
  box.querySelector("#latest")?.addEventListener("click", () => tried(() => latest("")));
  for (const one of box.querySelectorAll("[data-forget]")) {
    one.addEventListener("click", () => tried(async () => {
      await call("forget", { branch: one.dataset.forget });
      await openReview();
    }));
  }
}

function suggest(form) {
  const title = form.elements.title;
  if (!title || title.dataset.own) return;
  const chosen = [...form.querySelectorAll("[name=file]:checked")].map((one) => one.parentElement.textContent.trim());
  title.value = chosen.length ? `修改${chosen.slice(0, 2).join("、")}${chosen.length > 2 ? "等" : ""}`.slice(0, 80) : "";
  title.oninput = () => (title.dataset.own = "yes");
}

async function send(form, more) {
  const button = form.querySelector("button.main");
  button.disabled = true;
  say("正在送出……");
  try {
    const told = await call("send", {
      files: [...form.querySelectorAll("[name=file]:checked")].map((one) => one.value),
      title: form.elements.title.value,
      name: form.elements.name.value,
      mail: form.elements.mail.value,
      forge: form.elements.forge.value,
      ...more,
    });
    if (told.clashes) return decide(told.clashes, (chosen) => send(form, { ...more, chosen }));
    if (told.errors.length) return warn(told.errors, () => send(form, { ...more, anyway: true }));
    await openReview();
    const link = told.link.startsWith("https://") || told.link.startsWith("http://");
    asked(element("p", { class: "note" }, "送出去了，等待审核。",
      link ? element("a", { href: told.link, target: "_blank", rel: "noreferrer" }, "到平台上打开") : `到平台上为分支 ${told.branch} 建请求。`));
  } finally {
    button.disabled = false;
    say("");
  }
}

async function latest(chosen) {
  say("正在取回……");
  const told = await call("latest", { chosen });
  say("");
  if (told.clashes) return decide(told.clashes, latest);
  await openReview();
  asked(element("p", { class: "note" }, told.merged.length
    ? `已是最新。您没送出的改动合进了：${told.merged.join("、")}；合计、期限请再看一眼。` : "已是最新。"));
}

export function decide(clashes, go, box) {
  const rows = clashes.map((one) => element("tr", {}, element("th", { scope: "row" }, one.where),
    element("td", {}, one.mine || "（空着）"), element("td", {}, one.theirs || "（空着）")));
  const head = ["哪一项", "您写的", "对方写的"].map((word) => element("th", { scope: "col" }, word));
  asked(element("div", { class: "note", tabindex: "-1" },
    element("p", {}, "您和别人同时改了下面几项，写法不同。请先商定用谁的："),
    element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": "写法不同的几项" },
      element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows))),
    element("p", { class: "doors" },
      element("button", { onclick: () => tried(() => go("mine")) }, "都用我的"),
      element("button", { onclick: () => tried(() => go("theirs")) }, "都用对方的"))), box);
}

function warn(errors, go) {
  asked(element("div", { class: "note" },
    element("p", {}, `还有 ${errors.length} 处要改，平台上的检查不会通过：`),
    element("ul", {}, ...errors.slice(0, 10).map((one) => element("li", {}, element("a", { href: `#/file/${one.file}` }, one.record), `：${one.message}`))),
    errors.length > 10 ? element("p", { class: "soft" }, `还有 ${errors.length - 10} 处，改好上面的再看。`) : null,
    element("p", {}, element("button", { onclick: () => tried(go) }, "先送出去，请大家看看"))));
}

function asked(node, box = document.getElementById("asked")) {
  box.replaceChildren(node);
  box.scrollIntoView({ block: "center" });
}

async function tried(work) {
  try {
    document.getElementById("asked")?.replaceChildren();
    say("");
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, true);
  }
}
