// SPDX-License-Identifier: GPL-3.0-or-later
// Lays the sections out, in the order in which they come, and remembers light or dark.
"use strict";
const makers = {
  facts, bars, spread, matrix, table, metrics, stays,
  text: part => make("p", part.isQuiet ? { class: "note" } : {}, part.text),
  list: part => make("ul", {}, part.items.map(item => make("li", {}, item))),
  map: part => new NetworkMapView(part).element,
  chart: part => (charts[part.id] = new TimeChart(part)).element,
  links: part => {
    if (!linkTable) return null;
    const series = linkTable.names.map((name, link) => ({ name, get y() { return (this.kept ??= linkTable.series(link)); } }));
    return (charts.links = new TimeChart({ ...part, x: linkTable.times, series, picks: part.picks })).element;
  },
  tree: part => make("div", { class: "tree" }, Object.entries(page.scenario).map(([name, value]) => tree(value, name))),
};
const main = document.querySelector("main"), bar = document.querySelector("nav > div"), list = bar.appendChild(make("p"));
for (const section of page.sections) {
  const element = make("section", { id: section.id, "aria-labelledby": "h-" + section.id }, make("h2", { id: "h-" + section.id }, section.title));
  let pair = null;
  for (const part of section.parts) {
    const made = makers[part.kind](part);
    if (!made) continue;
    // Small charts stand side by side where there is room.
    if (part.isHalf) { if (!pair) element.append(pair = make("div", { class: "pair" })); pair.append(made); } else { pair = null; element.append(made); }
  }
  main.append(element);
  list.append(make("a", { href: "#" + section.id }, section.title));
}
const root = document.documentElement, wish = matchMedia("(prefers-color-scheme: dark)");
const button = make("button", { type: "button", id: "theme", onclick: () => { turn(root.dataset.theme === "dark" ? "light" : "dark"); keep(root.dataset.theme); } });
/// A page that is opened from a disk may be kept from remembering.
function keep(theme) { try { localStorage.setItem("cpnsim-theme", theme); } catch { /* it then follows the system */ } }
function kept() { try { return localStorage.getItem("cpnsim-theme"); } catch { return null; } }
function turn(theme) {
  root.dataset.theme = theme;
  button.textContent = word(theme === "dark" ? "theme.light" : "theme.dark");
}
turn(kept() ?? (wish.matches ? "dark" : "light"));
wish.addEventListener("change", () => { if (!kept()) turn(wish.matches ? "dark" : "light"); });
bar.append(button);
let before = null;
addEventListener("beforeprint", () => { before = root.dataset.theme; turn("light"); });
addEventListener("afterprint", () => turn(before ?? "light"));
