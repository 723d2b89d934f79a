// Filters, sorting and search, all in the page itself: nothing is fetched, nothing is stored.
"use strict";

// Chinese has no spaces: a word is found by its pairs of neighbouring characters.
function pairs(query) {
  const found = [];
  for (const part of fold(query).split(/[\s,，、。；;]+/)) {
    if (part.length === 1 || /^[a-z0-9.-]+$/.test(part)) found.push(part);
    else for (let at = 0; at + 1 < part.length; at += 1) found.push(part.slice(at, at + 2));
  }
  return [...new Set(found.filter(Boolean))];
}

function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

function terms(query) {
  return fold(query).split(/[\s,，、。；;]+/).filter(Boolean);
}

// ---- the state of filters stands in the address, behind #, so that a link to a selection can be passed on

function choicesInAddress() {
  return new URLSearchParams(location.hash.slice(1));
}

function setUpFilters(form) {
  const table = document.getElementById(form.dataset.filters);
  const told = document.querySelector(`[data-count="${form.dataset.filters}"]`);
  const unit = table.dataset.unit || "个项目";
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row, data: row.dataset, text: fold(`${row.textContent} ${row.dataset.words || ""}`),
  }));
  const extras = {};

  function apply() {
    const wanted = { ...extras };
    for (const select of form.querySelectorAll("select")) wanted[select.name] = select.value;
    const words = terms(form.elements.q.value);
    let shown = 0;
    for (const { row, data, text } of rows) {
      const fits = Object.entries(wanted).every(
        ([name, value]) => !value || (data[name] || "").split(" ").includes(value));
      row.hidden = !(fits && words.every((word) => text.includes(word)));
      shown += row.hidden ? 0 : 1;
    }
    told.textContent = shown === rows.length ? `共 ${shown} ${unit}` : `找到 ${shown} ${unit}，共 ${rows.length} ${unit}`;
    const address = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...wanted, q: form.elements.q.value })) if (value) address.set(name, value);
    const next = `#${address}`;
    if (next !== location.hash && !(next === "#" && !location.hash)) history.replaceState(null, "", next);
  }

  function read() {
    const given = choicesInAddress();
    for (const name of ["docking", "building"]) extras[name] = given.get(name) || "";
    for (const select of form.querySelectorAll("select")) select.value = given.get(select.name) || "";
    form.elements.q.value = given.get("q") || "";
    apply();
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { extras.docking = extras.building = ""; apply(); }));
  addEventListener("hashchange", read);
  read();
}

// ---- what is shown of a list, as a file for a spreadsheet: made here, of what stands in the page

function cellText(cell) {
  const parts = [];
  for (const node of (cell.querySelector("button") || cell).childNodes) {
    const text = (node.innerText || node.textContent).replace(/\s+/g, " ").trim();
    if (text && !(node.className === "printed")) parts.push(text);
  }
  return parts.join(" ");
}

// A cell that begins like a formula would be worked out by the spreadsheet: an apostrophe makes it text.
function quoted(text) {
  const safe = /^[=+\-@\t]/.test(text) && Number.isNaN(Number(text.replaceAll(",", ""))) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function asCsv(table) {
  const rows = [table.tHead.rows[0], ...[...table.tBodies[0].rows].filter((row) => !row.hidden)];
  const lines = rows.map((row) => [...row.cells].map((cell) => quoted(cellText(cell))).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function setUpExport(form) {
  const table = document.getElementById(form.dataset.filters);
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "导出这张表" });
  button.addEventListener("click", () => {
    const file = URL.createObjectURL(new Blob([asCsv(table)], { type: "text/csv" }));
    const name = `${document.querySelector("h1").firstChild.textContent.trim()}.csv`;
    Object.assign(document.createElement("a"), { href: file, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(file), 1000);
  });
  form.append(button);
}

// ---- sorting

const order = new Intl.Collator("zh-CN", { numeric: true });

function valueOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value === undefined ? cell.textContent.trim() : cell.dataset.value;
}

function compare(one, other) {
  const [a, b] = [Number(one.replaceAll(",", "")), Number(other.replaceAll(",", ""))];
  return one !== "" && other !== "" && !Number.isNaN(a) && !Number.isNaN(b) ? a - b : order.compare(one, other);
}

function setUpSorting(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    // Browsers do not repeat a button at the head of every printed page, but a plain text.
    const printed = Object.assign(document.createElement("span"), { className: "printed", textContent: head.textContent });
    printed.setAttribute("aria-hidden", "true");
    button.append(...head.childNodes);
    head.append(button, printed);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row, column), row]);
      rows.sort(([one], [other]) => (falling ? compare(other, one) : compare(one, other)));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    });
  });
}

// ---- search: every subject counts how many of the pairs it holds; a title counts three times

// All subjects are folded in one go, which takes a tenth of the time of doing it one by one.
function foldedIndex() {
  if (!self.coopIndex[0] || self.coopIndex[0].title !== undefined) return self.coopIndex;
  const lines = fold(self.coopIndex.map((subject) => `${subject[2]}\n${subject[3]}`).join("\n")).split("\n");
  self.coopIndex.forEach((subject, at) => Object.assign(subject, { title: lines[2 * at], words: lines[2 * at + 1] }));
  return self.coopIndex;
}

function search(query, most = 50) {
  const wanted = pairs(query);
  if (!wanted.length) return [];
  const hits = [];
  for (const subject of foldedIndex()) {
    let score = 0;
    let held = 0;
    for (const pair of wanted) {
      const inTitle = subject.title.includes(pair);
      const inWords = inTitle || subject.words.includes(pair);
      score += inTitle ? 3 : inWords ? 1 : 0;
      held += inWords ? 1 : 0;
    }
    // Up to half of the pairs may be missing: 星辰装备 finds 星辰虚构装备制造有限公司.
    if (held * 2 > wanted.length || held === wanted.length) hits.push([score + held * 2, subject]);
  }
  hits.sort((one, other) => other[0] - one[0]);
  return hits.slice(0, most).map(([, subject]) => subject);
}
self.coopSearch = search;

// Folded sign by sign, so that every sign keeps its place.
function foldedInPlace(text) {
  return [...text].map((sign) => (fold(sign).length === sign.length ? fold(sign) : sign)).join("");
}

function marked(text, wanted) {
  const line = document.createElement("p");
  const whole = foldedInPlace(text);
  const places = wanted.map((pair) => whole.indexOf(pair)).filter((at) => at >= 0);
  const begin = places.length ? Math.max(0, Math.min(...places) - 40) : 0;
  const [shown, folded] = [text, whole].map((one) => one.slice(begin, begin + 120));
  if (begin) line.append("…");
  const held = new Array(shown.length).fill(false);
  for (const pair of wanted) {
    for (let at = folded.indexOf(pair); at >= 0; at = folded.indexOf(pair, at + 1)) held.fill(true, at, at + pair.length);
  }
  for (let at = 0, end; at < shown.length; at = end) {
    end = at + 1;
    while (end < shown.length && held[end] === held[at]) end += 1;
    const part = shown.slice(at, end);
    line.append(held[at] ? Object.assign(document.createElement("mark"), { textContent: part }) : part);
  }
  return line;
}

function show(query) {
  const told = document.getElementById("told");
  const list = document.getElementById("hits");
  const found = search(query);
  const wanted = pairs(query);
  told.textContent = !query.trim() ? "在上面输入两个字就能搜。"
    : found.length ? `“${query}”找到 ${found.length} 条` : `没有找到“${query}”；换个说法，或少写几个字。`;
  list.replaceChildren(...found.map(([address, kind, title, words]) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: address, textContent: title });
    item.append(Object.assign(document.createElement("span"), { textContent: kind }), link, marked(words, wanted));
    return item;
  }));
}

function setUpSearch() {
  const form = document.querySelector(".find");
  const field = form.elements.q;
  const results = document.getElementById("hits");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (results) { history.replaceState(null, "", `#q=${encodeURIComponent(field.value)}`); show(field.value); } else {
      location.href = `${document.body.dataset.root}search.html#q=${encodeURIComponent(field.value)}`;
    }
  });
  if (!results) return;
  const read = () => {
    field.value = choicesInAddress().get("q") || new URLSearchParams(location.search).get("q") || "";
    show(field.value);
  };
  field.addEventListener("input", () => show(field.value));
  addEventListener("hashchange", read);
  read();
  field.focus();
}

// ---- on a phone a table's rows become cards; roles keep telling what the looks no longer do

const ROLES = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

function makeCards(table) {
  const labels = [...table.tHead.rows[0].cells].map((head) => (head.querySelector("button") || head).textContent.trim());
  table.classList.add("cards");
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody, tr, th, td")) {
    part.setAttribute("role", ROLES[part.tagName] || (part.scope === "row" ? "rowheader" : "columnheader"));
    if (part.tagName === "TD") part.dataset.label = labels[part.cellIndex] || "";
  }
}

function setUpCards() {
  const narrow = matchMedia("(max-width: 40rem)");
  const make = () => {
    if (!narrow.matches) return;
    narrow.removeEventListener("change", make);
    for (const table of document.querySelectorAll("main table:not(.matrix)")) if (table.tHead) makeCards(table);
  };
  narrow.addEventListener("change", make);
  make();
}

// ---- a long page begins with what it holds

function setUpContents() {
  const heads = [...document.querySelectorAll("main h2[id]")];
  if (heads.length < 7) return;
  const list = document.createElement("ul");
  for (const head of heads) {
    const link = Object.assign(document.createElement("a"), { href: `#${head.id}`, textContent: head.firstChild.textContent.trim() });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  const nav = Object.assign(document.createElement("nav"), { className: "toc" });
  nav.setAttribute("aria-label", "本页内容");
  nav.append(list);
  (heads[0].closest("section") || heads[0]).before(nav);
}

for (const table of document.querySelectorAll("table.sortable")) setUpSorting(table);
for (const form of document.querySelectorAll("form[data-filters]")) { setUpFilters(form); setUpExport(form); }
setUpSearch();
setUpCards();
setUpContents();
