"use strict";
// One release in one language is shown at a time; the address says which, so that a link or a reload comes back to it.
// Without this script the page shows everything, one below the other. It adds no text but through textContent.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const stored = (key, value) => {
    try {
      if (value !== undefined) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return null; // storage is refused to some local files; nothing depends on it
    }
  };
  const theme = stored("communique-theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;

  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const isShown = (element) => !element.hidden && element.getClientRects().length > 0;
  const option = (value) => {
    const item = document.createElement("option");
    item.value = value;
    item.textContent = value.replaceAll("_", " ");
    return item;
  };

  let article = null;
  let section = null;
  let language = "";

  // What is shown

  const route = () => {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      // a malformed address names nothing
    }
    const articles = all("article");
    const target = id ? byId(id) : null;
    const wanted = target?.closest("article") ?? (byId("overview") ? null : articles[0]);
    for (const item of articles) item.classList.toggle("on", item === wanted);
    document.body.classList.toggle("in-release", Boolean(wanted));
    const cameFrom = article;
    const place = article === wanted && section ? placeIn(section) : null;
    article = wanted;
    if (!article) {
      section = null;
      byId("tools").hidden = true;
      if (cameFrom) all(`#verdicts a[href^="#${cameFrom.id}-"]`).find(isShown)?.focus();
      return;
    }
    const sections = all("section.lang", article);
    const before = section;
    section =
      target?.closest("section.lang") ?? sections.find((item) => tagOf(item) === language) ?? sections[0] ?? null;
    for (const item of sections) item.classList.toggle("on", item === section);
    language = section ? tagOf(section) : language;
    for (const tab of all(".tabs a", article)) {
      const isCurrent = section && tab.hash === `#${section.id}`;
      if (!isCurrent) {
        tab.removeAttribute("aria-current");
        continue;
      }
      tab.setAttribute("aria-current", "true");
      tab.parentElement.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - tab.parentElement.clientWidth / 2;
    }
    if (section && section !== before) prepare();
    if (target?.matches("tr")) {
      target.hidden = false;
      focusOn(target);
    } else if (article !== cameFrom) {
      scrollTo(0, 0);
    } else if (place && section !== before) {
      const row = all(".text tbody tr", section)[place.index];
      if (row && isShown(row)) scrollBy(0, row.getBoundingClientRect().top - place.top);
    }
  };

  // Which sentence is being read, so that the same one stands in the same place in another language
  const placeIn = (part) => {
    const rows = all(".text tbody tr", part);
    const index = rows.findIndex((row) => isShown(row) && row.getBoundingClientRect().bottom > innerHeight / 4);
    const top = rows[index]?.getBoundingClientRect().top;
    return top < innerHeight / 2 ? { index, top } : null;
  };
  const tagOf = (item) => item.id.slice(item.closest("article").id.length + 1);

  const focusOn = (element) => {
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: element.matches("tr") ? "nearest" : "center" });
  };

  // A release's language: its tools, and a button to copy each summary

  const prepare = () => {
    const tools = byId("tools");
    article.querySelector(".bar").append(tools);
    tools.hidden = false;
    const show = byId("show");
    const chosen = show.value;
    const checks = new Set(all(".text .found li", section).map((item) => item.dataset.check));
    show.replaceChildren(...all("option", show).slice(0, 3), ...[...checks].sort().map(option));
    show.value = checks.has(chosen) || ["!", "*"].includes(chosen) ? chosen : "";
    byId("differences").closest("label").hidden = all(".card", section).length < 2;
    for (const note of all(".summaries td small:not(.measured)", section)) {
      if (note.querySelector("button")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        const lines = all(":scope > p", note.parentElement).map((line) => line.textContent);
        try {
          await navigator.clipboard.writeText(lines.join("\n"));
          button.textContent = "Copied";
        } catch {
          getSelection().selectAllChildren(note.parentElement);
          button.textContent = "Press Ctrl+C";
        }
      });
      note.append(button);
    }
    filterSentences();
  };

  const byCheck = (check) => (item) => check === "*" || item.dataset.check === check;

  const filterSentences = () => {
    if (!section) return;
    const show = byId("show").value;
    const sought = fold(byId("search-text").value.trim());
    const rows = all(".text tbody tr", section);
    let shown = 0;
    for (const row of rows) {
      const fits = !show || (show === "!" ? row.matches(".look") : all(".found li", row).some(byCheck(show)));
      row.hidden = !(fits && (!sought || fold(row.textContent).includes(sought)));
      shown += row.hidden ? 0 : 1;
    }
    byId("shown-sentences").textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
  };

  // The table of verdicts

  const filterRows = () => {
    const wanted = ["state", "lang", "system", "check"].map((name) => byId(`by-${name}`).value);
    const [state, lang, system, check] = wanted;
    const sought = fold(byId("search-rows").value.trim());
    const rows = all("#verdicts tbody tr");
    let shown = 0;
    for (const row of rows) {
      const { dataset } = row;
      const fits =
        (!state || dataset.state === state) &&
        (!lang || dataset.lang === lang) &&
        (!system || dataset.system === system) &&
        (!check || dataset.checks.split(" ").includes(check)) &&
        (!sought || fold(row.textContent).includes(sought));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    markRepeats();
    byId("shown-rows").textContent = `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} shown`;
    byId("no-rows").hidden = shown > 0 || rows.length === 0;
  };

  // A release's name stands out in its first line only, whatever the order and the filter
  const markRepeats = () => {
    let before = null;
    for (const row of all("#verdicts tbody tr:not([hidden])")) {
      const name = row.cells[1].textContent;
      row.classList.toggle("again", name === before);
      before = name;
    }
  };

  const GRAVITY = ["blocked", "failed", "review", "ready"];
  const compare = (column) => (one, other) => {
    if (column === 0) return GRAVITY.indexOf(one.dataset.state) - GRAVITY.indexOf(other.dataset.state);
    const [a, b] = [one, other].map((row) => row.cells[column].textContent);
    return a.localeCompare(b, "en", { numeric: true });
  };

  const sortBy = (header) => {
    const ascending = header.getAttribute("aria-sort") !== "ascending";
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const rows = all("#verdicts tbody tr").sort(compare(header.cellIndex));
    byId("verdicts").tBodies[0].append(...(ascending ? rows : rows.reverse()));
    markRepeats();
  };

  const startTable = () => {
    for (const header of all("#verdicts thead th")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      button.addEventListener("click", () => sortBy(header));
      header.replaceChildren(button);
    }
    const checks = new Set(all("#verdicts tbody tr").flatMap((row) => row.dataset.checks.split(" ")));
    checks.delete("");
    byId("by-check").append(...[...checks].sort().map(option));
    byId("by-check").closest("label").hidden = checks.size === 0;
    const form = byId("filters");
    form.addEventListener("input", filterRows);
    form.addEventListener("reset", () => setTimeout(filterRows));
    form.addEventListener("submit", (event) => event.preventDefault());
    filterRows();
  };

  // A finding's id copies the command that dismisses it

  const copyCommand = async (button) => {
    const id = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "copied";
      setTimeout(() => (button.textContent = id), 1500);
    } catch {
      prompt("Command:", button.dataset.copy);
    }
  };

  // A finding's explanation and its marks light up together

  const light = (element) => {
    for (const lit of all(".hot")) lit.classList.remove("hot");
    const row = element?.closest(".text tbody tr");
    if (!row) return;
    const holder = element.closest("mark") ?? element.closest(".found li");
    if (!holder) return;
    const labels = (item) => (item.dataset.f ?? "").split(" ").filter(Boolean);
    const wanted = new Set(holder.matches("mark") ? labels(holder) : all("[data-f]", holder).flatMap(labels));
    for (const mark of all("mark", row)) mark.classList.toggle("hot", labels(mark).some((label) => wanted.has(label)));
    for (const item of all(".found li", row)) {
      item.classList.toggle("hot", all("[data-f]", item).flatMap(labels).some((label) => wanted.has(label)));
    }
  };

  // Keyboard

  const step = (elements, current, forward) => {
    const at = elements.indexOf(current);
    if (at >= 0) return elements[at + (forward ? 1 : -1)];
    const below = elements.findIndex((element) => element.getBoundingClientRect().top > 0);
    if (current && current !== document.body) {
      const isAfter = (element) => current.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      const next = elements.findIndex(isAfter);
      return forward ? elements[next] : elements[(next < 0 ? elements.length : next) - 1];
    }
    return elements[below < 0 ? 0 : forward ? below : Math.max(0, below - 1)];
  };
  const go = (selector, forward, within) => {
    const elements = all(selector, within ?? document).filter(isShown);
    const active = document.activeElement;
    const next = step(elements, active.closest?.(selector) ?? active, forward);
    if (next) focusOn(next);
  };

  const actions = {
    j: () => go(section ? ".text tbody tr" : "#verdicts tbody a", true, section),
    k: () => go(section ? ".text tbody tr" : "#verdicts tbody a", false, section),
    n: () => section && go(".found li", true, section),
    p: () => section && go(".found li", false, section),
    d: () => section && byId("differences").click(),
    u: () => article?.querySelector(".crumbs a").click(),
    f: () => byId(section ? "show" : "by-state")?.focus(),
    "/": () => byId(section ? "search-text" : "search-rows")?.focus(),
    "?": () => byId("help").showModal(),
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || byId("help").open) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const tab = article && /^[1-9]$/.test(event.key) ? all(".tabs a", article)[event.key - 1] : null;
    if (!tab && !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    if (tab) tab.click();
    else actions[event.key]();
  };

  const isDark = () =>
    (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const nameTheme = () => (byId("theme-button").textContent = isDark() ? "Light" : "Dark");

  document.addEventListener("DOMContentLoaded", () => {
    if (byId("verdicts")) startTable();
    byId("theme-button").addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      stored("communique-theme", root.dataset.theme);
      nameTheme();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameTheme);
    nameTheme();
    byId("help-button").addEventListener("click", () => byId("help").showModal());
    byId("tools").addEventListener("input", () => {
      root.classList.toggle("plain", !byId("differences").checked);
      filterSentences();
    });
    byId("tools").addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-copy]");
      if (button) copyCommand(button);
    });
    document.addEventListener("focusin", (event) => light(event.target));
    document.addEventListener("mouseover", (event) => {
      if (event.target.closest("mark, .found li")) light(event.target);
    });
    addEventListener("hashchange", route);
    route();
  });
})();
