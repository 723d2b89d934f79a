// Findings at their fields, and how many of them stand between the record and its review.
import { element } from "./desk.js";
import { blank } from "./fields.js";

// Of a new record only where somebody has been, until it is to be saved; what is an error of the whole is always said.
export function place(state, findings, open) {
  state.findings = findings;
  for (const list of document.querySelectorAll(".found")) list.replaceChildren();
  for (const one of document.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  const heavy = new Set();
  let light = 0;
  for (const one of findings) {
    const serious = one.severity === "error" || one.label === "待补";
    if (serious) heavy.add(one.path.join("."));
    else if (one.severity !== "info") light += 1;
    const { spot, path } = spotOf(one.path);
    if (!state.asked && !visited(state, path) && !(one.severity === "error" && !spot)) continue;
    const list = spot ? spot.querySelector(":scope > .found, :scope > .head > .found") : document.querySelector(".general");
    list?.append(said(one, !spot && state.shape.find((each) => each.key === one.path[0]), open));
    if (serious || one.severity === "warning") unfold(spot);
    // A remark or a warning leaves the value as good as it is: only what has to be changed is marked as wrong.
    if (serious && spot && path.length === one.path.length) spot.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
  }
  halfWritten();
  const found = [...heavy];
  const missing = gaps(state.shape, state.form).filter((path) => !found.some((one) => one === path || one.startsWith(`${path}.`)));
  state.count = findings.filter((one) => one.severity === "error" || one.label === "待补").length + missing.length;
  state.light = light;
}

// Where a finding is shown: at its field, or at the nearest field around it.
function spotOf(whole) {
  const path = whole.slice();
  let spot = null;
  while (path.length && !(spot = document.querySelector(`[data-path="${CSS.escape(path.join("."))}"]`))) path.pop();
  return { spot, path };
}

function visited(state, path) {
  const at = path.join(".");
  return [...state.seen].some((seen) => at && (seen === at || seen.startsWith(`${at}.`)));
}

function said(one, hidden, open) {
  const text = one.hint && one.hint !== one.message ? `${one.message}。${one.hint}` : one.message;
  return element("li", { class: one.label === "待补" ? "warning" : one.severity }, element("b", {}, one.label), ` ${text}`,
    one.clause ? element("small", {}, `　依据：${one.clause}`) : null,
    hidden ? element("button", { type: "button", class: "quiet", onclick: () => open(hidden.key) }, "去填") : null);
}

// A fold that holds something to be done is opened: nobody looks for it there.
function unfold(spot) {
  for (let fold = spot?.closest("details.more"); fold; fold = fold.parentElement.closest("details.more")) fold.open = true;
}

// What a browser does not take for a day is nothing to it: said at once, for it looks as if it were written.
export function halfWritten() {
  for (const control of document.querySelectorAll('.form input[type="date"]')) {
    const list = control.closest("[data-path]").querySelector(".found");
    list.querySelector(".half")?.remove();
    if (control.validity.badInput && document.activeElement !== control) {
      list.append(element("li", { class: "error half" }, element("b", {}, "错误"), " 日期没有写完整，或者没有这一天，还没有记下"));
    }
  }
}

// The places of what has to be answered and is not.
function gaps(shapes, values, path = []) {
  const found = [];
  for (const shape of shapes) {
    const at = [...path, shape.key];
    const value = values?.[shape.key];
    if (blank(value)) {
      if (shape.required) found.push(at.join("."));
    } else if (shape.children && value && typeof value === "object" && !("$none" in value) && !("$kept" in value)) {
      found.push(...gaps(shape.children, value, at));
    }
  }
  return found;
}

export function summary(state) {
  if (state.count) return `还有 ${state.count} 处要填或要改`;
  return state.light ? `没有必须改的，有 ${state.light} 处提醒` : "没有发现问题";
}
