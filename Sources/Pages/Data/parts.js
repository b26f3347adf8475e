// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of parts that sections are made of: facts, bars, spreads, matrices, tables, stays on pools, scenarios.
"use strict";
const charts = {};

function facts(part) {
  return make("div", { class: "facts" }, part.items.map(item => make("div", { class: "fact", "data-metric": item.metric },
    make("b", {}, exact(item.value, item.unit)), make("span", {}, item.label))));
}

function bars(part) {
  const most = Math.max(...part.items.map(item => item.value), 0) || 1;
  return make("figure", { "data-bars": part.id }, make("h3", {}, part.title), part.items.map(item => make("div", { class: "bar" },
    make("span", { title: item.name }, item.name), make("div", {}, make("i", { style: `width:${Math.max(0, item.value / most * 100)}%` })),
    make("b", {}, exact(item.value, part.unit)))), part.note ? make("figcaption", {}, part.note) : null);
}

/// How values are spread: a column for each range, on a scale of 1, 2, 5, 10.
function spread(part) {
  const chart = make("svg", { role: "img", "aria-label": part.title }), all = part.bins, most = Math.max(...all.map(bin => bin[2]));
  const element = make("figure", { "data-spread": part.id }, make("h3", {}, part.title), chart,
    make("figcaption", {}, part.quantiles.map(([name, value]) => name + " " + shown(value, part.unit)).join(" · ")));
  const draw = () => {
    const width = Math.round(element.clientWidth), height = 170, left = 44, column = (width - left - 6) / all.length;
    if (width < 40) return;
    const shapes = ticks(0, most, 3).flatMap(level => {
      const y = 8 + (most - level) / most * (height - 34);
      return [make("line", { class: "grid", x1: left, x2: width - 6, y1: y, y2: y }), make("text", { class: "axis", x: left - 5, y: y + 4, "text-anchor": "end" }, shown(level))];
    });
    const apart = Math.ceil(58 / column);
    all.forEach(([from, to, count], n) => {
      const tall = count / most * (height - 34), name = (from === null ? "< " + shown(to, part.unit) : shown(from, part.unit) + " – " + shown(to, part.unit)) + ": " + plain(count);
      shapes.push(make("rect", { x: left + n * column + 1, width: Math.max(1, column - 2), y: height - 26 - tall, height: tall, fill: "var(--s0)" }, make("title", {}, name)));
      if (n % apart === 0) shapes.push(make("text", { class: "axis", x: left + n * column, y: height - 8, "text-anchor": n ? "middle" : "start" },
        from === null ? "0" : shown(from, part.unit)));
    });
    chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
    chart.replaceChildren(...shapes);
  };
  new ResizeObserver(draw).observe(element);
  return element;
}

/// Squares that are darker for more; what a square stands for is in its title, and in the table of the CSV.
function matrix(part) {
  const all = part.values.flat().filter(value => value !== null), most = Math.max(...all, 0) || 1, least = part.isCentred ? Math.min(...all, 0) : 0;
  const shade = value => {
    if (value === null || value === 0) return "";
    const size = Math.sqrt(Math.abs(value) / (value < 0 ? -least : most));
    return value < 0 ? `background:rgba(213,94,0,${(0.08 + 0.92 * size).toFixed(3)})` : `background:rgba(var(--heat),${(0.08 + 0.92 * size).toFixed(3)})`;
  };
  return make("figure", { "data-matrix": part.id }, make("h3", {}, part.title), make("div", { class: "scroll" }, make("table", { class: "matrix" },
    make("thead", {}, make("tr", {}, make("th"), part.columns.map(name => make("th", { scope: "col" }, make("span", {}, name))))),
    make("tbody", {}, part.rows.map((name, row) => make("tr", {}, make("th", { scope: "row" }, name), part.columns.map((column, n) => {
      const value = part.values[row][n];
      return make("td", { style: shade(value), "data-value": value, title: name + " → " + column + ": " + shown(value, part.unit) });
    })))))), make("figcaption", {}, fill("matrix.most", shown(most, part.unit)) + (part.note ? " " + part.note : "")));
}

function table(part) {
  const isNumber = part.columns.map((_, n) => part.rows.some(row => typeof row[n] === "number"));
  const body = make("tbody"), rows = part.rows.slice();
  let order = null;
  const lay = () => body.replaceChildren(...rows.map(row => make("tr", {}, row.map((value, n) => make("td", isNumber[n] ? { class: "n" } : {}, exact(value, part.columns[n].unit ?? row.unit))))));
  const sort = n => {
    order = order === n ? ~n : n;
    const sign = order < 0 ? -1 : 1;
    rows.sort((a, b) => a[n] === b[n] ? 0 : a[n] === null ? 1 : b[n] === null ? -1 : (a[n] < b[n] ? -1 : 1) * sign * (isNumber[n] ? -1 : 1));
    lay();
  };
  lay();
  const grid = make("div", { class: "scroll" }, make("table", { "data-table": part.id }, make("thead", {}, make("tr", {}, part.columns.map((column, n) =>
    make("th", isNumber[n] ? { class: "n" } : {}, make("button", { type: "button", title: word("table.sort"), onclick: () => sort(n) }, column.name))))), body),
    part.note ? make("p", { class: "note" }, part.note) : null);
  if (!part.isFolded) return make("div", {}, part.title ? make("h3", {}, part.title) : null, grid);
  return make("details", {}, make("summary", {}, part.title), grid);
}

/// Metrics: a value a row, each in its own unit.
function metrics(part) {
  return make("details", {}, make("summary", {}, part.title), make("div", { class: "scroll" }, make("table", { "data-table": part.id },
    make("tbody", {}, part.rows.map(([name, ...rest]) => {
      const unit = rest.pop();
      return make("tr", { "data-metric": name }, make("td", {}, name), rest.map(value => make("td", { class: "n" }, exact(value, unit))));
    })))));
}

/// Who held what from when to when: a row for each pool, a bar for each stay.
function stays(part) {
  const chart = make("svg", { role: "img", "aria-label": part.title });
  const element = make("figure", { "data-stays": part.id }, make("h3", {}, part.title), chart, part.note ? make("figcaption", {}, part.note) : null);
  const draw = () => {
    const width = Math.round(element.clientWidth), left = Math.min(150, width * 0.3), row = 17, height = part.rows.length * row + 26;
    if (width < 40) return;
    const across = time => left + time / page.end * (width - left - 8);
    const shapes = timeTicks(0, page.end, Math.max(2, (width - left) / 110)).flatMap(time => [
      make("line", { class: "grid", x1: across(time), x2: across(time), y1: 0, y2: height - 20 }),
      timeLabel(across(time), height - 6, width, time)]);
    part.rows.forEach((name, n) => {
      shapes.push(make("text", { x: left - 6, y: n * row + 12, "text-anchor": "end" }, name));
      for (const [job, from, to, count] of part.stays[n]) {
        const tall = Math.max(2, (row - 4) * Math.min(1, Math.sqrt(count / part.most)));
        shapes.push(make("rect", { x: across(from), width: Math.max(1, across(to) - across(from)), y: n * row + 2 + (row - 4 - tall), height: tall, fill: "var(--s0)", "fill-opacity": 0.55 },
          make("title", {}, `${job}: ${clock(from)} – ${clock(to)}, ${plain(count)}`)));
      }
    });
    chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
    chart.replaceChildren(...shapes);
  };
  new ResizeObserver(draw).observe(element);
  return element;
}

/// A mapping or a list as lines that fold.
function tree(value, name, depth = 0) {
  if (value === null || typeof value !== "object") return make("div", {}, make("code", {}, name + ": "), String(value));
  const entries = Array.isArray(value) ? value.map((entry, n) => [entry?.name ?? String(n + 1), entry]) : Object.entries(value);
  if (!entries.length) return make("div", {}, make("code", {}, name + ": "), "–");
  if (Array.isArray(value) && value.every(entry => entry === null || typeof entry !== "object")) return make("div", {}, make("code", {}, name + ": "), value.join(", "));
  const fold = make("details", {}, make("summary", {}, make("code", {}, name), Array.isArray(value) ? ` (${value.length})` : ""));
  // Long lists are laid out when they are opened.
  fold.addEventListener("toggle", () => { if (fold.open && fold.children.length === 1) fold.append(...entries.map(([key, entry]) => tree(entry, key, depth + 1))); });
  return fold;
}
