/* The list of the meeting's page: filters, order, what opens under a row. The rows are read once
   from the page's own text; whatever they hold is put into the page as text, never as markup. */
(() => {
"use strict";
const section = document.getElementById("living");
const source = document.getElementById("living-data");
section.hidden = false;
document.documentElement.classList.add("scripted");
if (!source) return;

const data = JSON.parse(source.textContent);
const rows = data.rows, words = data.words;
const AT_ONCE = 300; // rows drawn before a person asks for more
const body = section.querySelector("tbody");
const count = section.querySelector(".count");
const unknown = section.querySelector(".unknown");
const more = section.querySelector("[data-more]");
const sorting = section.querySelector("[data-sort]");
const search = section.querySelector("input");
const filters = [...section.querySelectorAll("[data-filter]")];
const heads = [...section.querySelectorAll("[data-column]")];
const paper = document.getElementById("filtered");
const simple = new Map();
for (let at = 0; at < data.pairs.length; at += 2) simple.set(data.pairs[at], data.pairs[at + 1]);
const order = new Intl.Collator("zh-CN", {numeric: true});
let drawn = AT_ONCE, open = null, found = rows;

// Two texts that a reader takes for the same are equal: as the filters of the commands compare.
const folded = text => [...text.normalize("NFKC")].map(one => simple.get(one) || one).join("")
  .toLowerCase().replace(/\s+/gu, "");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
for (const row of rows) row.about = row.about.map(folded);

const KEEPS = {
  dept: (row, value) => row.departments.includes(value),
  state: (row, value) => value === "listed" ? row.listed : row.status === value,
  year: (row, value) => String(row.year) === value,
  field: (row, value) => (row.field || "-") === value,
  text: (row, value) => row.about.some(text => text.includes(folded(value))),
};

function make(tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  if (text && document.documentElement.lang === "en" && /[\u3400-\u9fff]/.test(text)) element.lang = "zh-CN";
  return element;
}

function ranked(row, name) {
  const value = row.ranks[name] ?? row.cells[name];
  return value === "" || value === undefined ? null : value;
}

function compare(name, sign) {
  return (one, other) => {
    const a = ranked(one, name), b = ranked(other, name);
    if (a === null || b === null) return (a === null) - (b === null); // what has no value stands last
    const by = typeof a === "number" && typeof b === "number" ? a - b : order.compare(String(a), String(b));
    return sign * by;
  };
}

const asked = () => filters.filter(filter => filter.value.trim());

function choose() {
  const set = asked();
  found = rows.filter(row => set.every(filter => KEEPS[filter.dataset.filter](row, filter.value)));
  const name = sorting.value.replace("-", "");
  if (name) found.sort(compare(name, sorting.value.startsWith("-") ? -1 : 1));
  for (const button of heads) {
    const mine = button.dataset.column === name;
    const way = sorting.value.startsWith("-") ? "descending" : "ascending";
    button.parentElement.setAttribute("aria-sort", mine ? way : "none");
  }
}

function draw() {
  if (open && found.includes(open)) drawn = Math.max(drawn, found.indexOf(open) + 1);
  const list = document.createDocumentFragment();
  for (const row of found.slice(0, drawn)) {
    list.append(line(row));
    if (row === open) list.append(details(row));
  }
  body.replaceChildren(list);
  const said = {shown: found.length, total: rows.length, first: Math.min(drawn, found.length)};
  count.textContent = !found.length ? fill(words.nothing, said)
    : fill(found.length > drawn ? words.first : words.count, said);
  more.hidden = found.length <= drawn;
  more.textContent = fill(words.more, {count: Math.min(AT_ONCE, found.length - drawn)});
}

function line(row) {
  const tr = make("tr", {role: "row", class: `row ${row.look}`, "data-key": row.key});
  for (const column of data.columns) {
    const text = row.cells[column.name];
    if (column.name === "id") {
      const th = make("th", {scope: "row", role: "rowheader", class: "id"});
      const button = make("button", {type: "button", "aria-expanded": String(row === open)}, text);
      button.title = words.open;
      button.addEventListener("click", () => turn(row));
      th.append(button);
      tr.append(th);
    } else {
      tr.append(make("td", {role: "cell", class: column.name, "data-label": column.title}, text));
    }
  }
  return tr;
}

function details(row) {
  const tr = make("tr", {role: "row", class: "details"});
  const td = make("td", {role: "cell", colspan: data.columns.length});
  const list = make("dl");
  for (const [head, lines] of row.details) {
    const part = make("div");
    part.append(make("dt", {}, head), ...lines.map(text => make("dd", {}, text)));
    list.append(part);
  }
  td.append(list);
  tr.append(td);
  return tr;
}

const line_of = row => [...body.children].find(tr => tr.dataset.key === row.key);

function turn(row) {
  open = open === row ? null : row;
  draw();
  line_of(row)?.querySelector("button").focus();
  keep();
}

function show(row) {
  open = row;
  if (!asked().every(filter => KEEPS[filter.dataset.filter](row, filter.value))) clear();
  choose();
  draw();
  line_of(row).scrollIntoView({block: "center"});
  line_of(row).querySelector("button").focus();
}

function clear() {
  for (const filter of filters) filter.value = "";
}

function keep() { // the address says what is shown, so that it can be sent or loaded again
  const said = new URLSearchParams();
  for (const filter of asked()) said.set(filter.dataset.filter, filter.value.trim());
  if (sorting.value) said.set("sort", sorting.value);
  if (open) said.set("open", open.key);
  const text = said.toString();
  history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  const shown = asked().map(filter =>
    `${filter.parentElement.firstChild.textContent.trim()} ${filter.selectedOptions
      ? filter.selectedOptions[0].textContent : filter.value.trim()}`);
  paper.hidden = !shown.length;
  paper.textContent = shown.length ? fill(words.paper, {
    filters: shown.join(words.and), shown: found.length, total: rows.length,
  }) : "";
}

function change() {
  drawn = AT_ONCE;
  unknown.hidden = true;
  choose();
  if (open && !found.includes(open)) open = null;
  draw();
  keep();
}

const decoded = text => { try { return decodeURIComponent(text); } catch { return text; } };

function read() { // an address from elsewhere may ask for what this page has not: that is said
  const text = location.hash.slice(1);
  const plain = rows.find(row => row.key === decoded(text));
  if (plain) { show(plain); keep(); return; }
  const said = new URLSearchParams(text.includes("=") ? text : "");
  const missing = [];
  for (const filter of [...filters, sorting]) {
    const name = filter.dataset.filter || "sort", value = said.get(name) || "";
    filter.value = value;
    if (value && filter.value !== value) { filter.value = ""; missing.push(`${name}=${value}`); }
  }
  open = rows.find(row => row.key === said.get("open")) || null;
  if (said.get("open") && !open) missing.push(`open=${said.get("open")}`);
  for (const name of said.keys()) {
    if (!(name in KEEPS) && !["sort", "open"].includes(name)) missing.push(`${name}=${said.get(name)}`);
  }
  change();
  unknown.hidden = !missing.length;
  unknown.textContent = missing.length ? fill(words.unknown, {asked: missing.join(words.and)}) : "";
}

for (const filter of filters) filter.addEventListener("input", change);
sorting.addEventListener("input", change);
for (const button of heads) {
  button.addEventListener("click", () => {
    const name = button.dataset.column;
    sorting.value = sorting.value === name ? `-${name}` : sorting.value === `-${name}` ? "" : name;
    change();
  });
}
section.querySelector("[data-clear]").addEventListener("click", () => {
  clear();
  open = null;
  change();
  search.focus();
});
more.addEventListener("click", () => {
  const next = drawn;
  drawn += AT_ONCE;
  draw();
  line_of(found[next])?.querySelector("button").focus();
});
section.addEventListener("keydown", event => {
  if (event.key !== "Escape" || !open || event.isComposing) return;
  event.preventDefault();
  turn(open);
});
window.addEventListener("hashchange", read);
const down = document.getElementById("to-list");
down.hidden = false;
down.addEventListener("click", () => {
  section.scrollIntoView();
  filters[0].focus({preventScroll: true});
});

// The ten longest lead to their row.
for (const th of document.querySelectorAll(".longest th.id")) {
  const row = rows.find(one => one.cells.id === th.textContent.trim() && one.listed);
  if (!row) continue;
  const link = make("a", {href: `#${encodeURIComponent(row.key)}`}, row.cells.id);
  link.addEventListener("click", event => {
    event.preventDefault();
    show(row);
    keep();
  });
  th.replaceChildren(link);
}
read();
})();
