// A workbook dropped on the page, or chosen: what it brings, questions to tick, and writing it.
import { call, element, encoded, MOST, offerUndo, once, say, show, Refused } from "./desk.js";
import { offerNext, reads, takeAll } from "./dropped.js";

let chosen = null;

export async function openBook() {
  if (chosen) return look(chosen);
  const file = element("input", { type: "file", id: "book", accept: ".xlsx", multiple: true });
  file.addEventListener("change", () => takeAll(file.files));
  const page = element("div", {}, element("h1", {}, "导入 Excel"),
    element("p", {}, element("label", { for: "book" }, "选填好的工作簿或台账（.xlsx），或者把文件拖到这一页上")),
    element("p", {}, file),
    element("p", { class: "soft" }, "先看会改什么，要您定的打勾，写入以前什么也不变。"));
  offerNext(page);
  show(page, "导入 Excel");
}

async function read(file) {
  if (file.size > MOST) return say("文件超过 1.4 MB，请在命令行用 coop import ledger 或 coop sheet import 导入。", true);
  chosen = { name: file.name, content: await encoded(file), agreed: [] };
  if (location.hash === "#/book") await look(chosen);
  else location.hash = "#/book";
}

reads(/\.xlsx$/i, read);

async function look(book) {
  await trying(async () => {
    let told;
    try {
      told = await call("book", book);
    } catch (error) {
      chosen = null;
      await openBook();
      throw error;
    }
    const box = element("div", {});
    box.innerHTML = told.html; // made by the server's templates, which escape everything
    box.append(element("p", { class: "soft" }, `${book.name} `, element("button", { class: "quiet", onclick: () => { chosen = null; openBook(); } }, "换一个文件")));
    offerNext(box);
    show(box, book.name);
    const boxes = [...box.querySelectorAll("input[name=agreed]")];
    for (const one of boxes) {
      one.addEventListener("change", () => {
        look({ ...book, agreed: boxes.filter((each) => each.checked).map((each) => Number(each.value)) });
      });
    }
    box.querySelector("#take")?.addEventListener("click", ({ currentTarget }) => once(currentTarget, () => take({ ...book, seen: told.seen })));
  });
}

async function take(book) {
  await trying(async () => {
    let files;
    try {
      ({ files } = await call("book-take", book));
    } catch (error) {
      // Numbers that were ticked mean other cells of what is read anew.
      if (error.stale) await look({ ...book, agreed: [] });
      throw error;
    }
    chosen = null;
    await openBook();
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
