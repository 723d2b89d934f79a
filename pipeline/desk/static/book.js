// A workbook dropped on the page, or chosen: what it brings, questions to tick, and writing it.
import { call, element, encoded, MOST, offerUndo, say, show, Refused } from "./desk.js";

export function openBook() {
  const file = element("input", { type: "file", id: "book", accept: ".xlsx" });
  file.addEventListener("change", () => file.files[0] && read(file.files[0]));
  show(element("div", {}, element("h1", {}, "导入 Excel"),
    element("p", {}, element("label", { for: "book" }, "选填好的工作簿或台账（.xlsx），或者把文件拖到这一页上")),
    element("p", {}, file),
    element("p", { class: "soft" }, "先看会改什么，要您定的打勾，写入以前什么也不变。")), "导入 Excel");
}

async function read(file) {
  if (file.size > MOST) return say("文件超过 1.4 MB，请在命令行用 coop import ledger 或 coop sheet import 导入。", true);
  await look({ name: file.name, content: await encoded(file), agreed: [] });
}

async function look(book) {
  await trying(async () => {
    const told = await call("book", book);
    const box = element("div", {});
    box.innerHTML = told.html; // made by the server's templates, which escape everything
    show(box, book.name);
    const boxes = [...box.querySelectorAll("input[name=agreed]")];
    for (const one of boxes) {
      one.addEventListener("change", () => {
        look({ ...book, agreed: boxes.filter((each) => each.checked).map((each) => Number(each.value)) });
      });
    }
    box.querySelector("#take")?.addEventListener("click", () => take({ ...book, seen: told.seen }));
  });
}

async function take(book) {
  await trying(async () => {
    const { files } = await call("book-take", book);
    openBook();
    say(`写好了 ${files.length} 份记录。`);
    offerUndo(async () => openBook());
  });
}

async function trying(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, true);
  }
}

// A file let go anywhere on the page is read there, and never replaces the page.
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer?.files || [];
  if (!file || /\.(docx?|pdf)$/i.test(file.name)) return; // those are read by the page for Word
  if (location.hash === "#/book" || location.hash === "#/" || location.hash === "") read(file);
  else say("请先打开“导入 Excel”，再把文件拖进来。", true);
});
