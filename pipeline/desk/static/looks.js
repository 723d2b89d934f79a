// How a long text will be printed: its lists, tables and bold words, below the text while it is written.
import { call, element, Refused } from "./desk.js";

export function looks(area, label) {
  const shown = element("div", { class: "paper looks", role: "group", tabindex: "0", "aria-label": `${label}：排好的样子`, hidden: true });
  const how = element("span", { class: "soft", hidden: true }, " 可以分段，用“1.”“-”列条目，两个星号夹住的字加粗");
  let timer = 0;
  const draw = async () => {
    try {
      shown.innerHTML = (await call("looks", { text: area.value })).html; // made by the program's own printer, which escapes every text
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      shown.textContent = error.message;
    }
  };
  const toggle = element("button", {
    type: "button",
    class: "quiet",
    "aria-expanded": "false",
    "aria-label": `看${label}排好的样子`,
    onclick: () => {
      how.hidden = shown.hidden = !shown.hidden;
      toggle.setAttribute("aria-expanded", String(!shown.hidden));
      toggle.textContent = shown.hidden ? "看排好的样子" : "收起";
      if (!shown.hidden) draw();
    },
  }, "看排好的样子");
  area.addEventListener("input", () => {
    clearTimeout(timer);
    if (!shown.hidden) timer = setTimeout(draw, 250);
  });
  return element("div", { class: "long" }, area, element("p", { class: "under" }, toggle, how), shown);
}
