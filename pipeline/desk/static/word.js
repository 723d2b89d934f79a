// A Word file or a PDF dropped on the page: what it says, what would be written, and the writing.
import { call, element, encoded, MOST, offerUndo, once, say, show, Refused } from "./desk.js";
import { offerNext, reads, takeAll } from "./dropped.js";

let file = null;

export async function openWord() {
  if (!file) return show(ask(), "导入 Word");
  await read({});
}

function ask() {
  const input = element("input", { id: "word-file", type: "file", accept: ".docx,.pdf", multiple: true });
  input.addEventListener("change", () => takeAll(input.files));
  const page = element("div", {}, element("h1", {}, "导入 Word"),
    element("div", { class: "field" }, element("label", { for: "word-file" }, "对方改过的文件，或者对方拟的、以前签的协议（Word，或者有文字层的 PDF）"), input,
      element("p", { class: "hint" }, "也可以把文件拖到编辑台的任何一页上，几个一起也行。")));
  offerNext(page);
  return page;
}

async function take(chosen) {
  if (chosen.size > MOST) return say("文件超过 1.4 MB，请用命令 coop import word 或 coop read 导入。", true);
  file = { name: chosen.name, content: await encoded(chosen) };
  if (location.hash === "#/word") await read({});
  else location.hash = "#/word";
}

function answers(box) {
  const chosen = box.querySelector("input[name=sort]:checked");
  return {
    sort: chosen ? chosen.value : "answer",
    department: box.querySelector("#word-department")?.value || "",
    kept_at: box.querySelector("#word-kept")?.value || "",
    agreed: [...box.querySelectorAll("input[data-number]:checked")].map((one) => Number(one.dataset.number)),
  };
}

async function read(said) {
  try {
    const told = await call("word", { ...file, ...said });
    const box = document.createElement("div");
    box.innerHTML = told.html; // made by the server's templates, which escape everything
    const again = element("button", { class: "quiet", onclick: () => { file = null; show(ask(), "导入 Word"); } }, "换一个文件");
    box.append(element("p", { class: "soft" }, `${file.name} `, again));
    offerNext(box);
    // What was made from a document of ours may still be somebody else's text: the way back stays open.
    if (told.sort === "answer") file.ours = true;
    show(box, told.title);
    for (const one of box.querySelectorAll("input[name=sort], #word-department")) {
      // What was signed is read otherwise, so ticks of before would mean other places.
      one.addEventListener("change", () => read({ ...answers(box), ...(one.name === "sort" ? { agreed: [] } : {}) }));
    }
    box.querySelector("#write")?.addEventListener("click", ({ currentTarget }) =>
      once(currentTarget, () => write({ ...answers(box), sort: told.sort, seen: told.seen })));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    file = null;
    show(ask(), "导入 Word");
    say(error.message, true);
  }
}

async function write(said) {
  try {
    const { files, open } = await call("word-save", { ...file, ...said });
    file = null;
    location.hash = `#/file/${open}`;
    setTimeout(() => {
      say(files.length ? `写进了 ${files.length} 份记录，请对着原件看一遍。` : "没有要写的改动。");
      if (files.length) offerUndo(async () => { location.hash = "#/"; });
    }, 400);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Numbers that were ticked mean other places of what is read anew.
    if (error.stale) await read({ ...said, agreed: [] });
    say(error.message, true);
  }
}

reads(/\.(docx|pdf)$/i, take);
