// SPDX-License-Identifier: GPL-3.0-or-later
// A metric of a study by its variants: means with their intervals, and a map of two axes.
"use strict";

/// { axes: [{ name, values }], labels: [[...]], metrics: [{ name, label, unit, rows: [[mean, low, high, n]] }] }
function variants(part) {
  const several = part.axes.map((axis, n) => n).filter(n => part.axes[n].values.length > 1);
  const select = make("select", { "aria-label": word("study.metric"), onchange: () => draw() },
    part.metrics.map((metric, n) => make("option", { value: n }, metric.label)));
  const plot = make("div"), heat = make("div"), element = make("div", { "data-variants": "" },
    make("div", { class: "tools" }, make("span", {}, word("study.metric")), select), heat, plot);
  const name = row => several.map(axis => part.labels[row][axis]).join(" · ") || part.labels[row].join(" · ");

  function intervals(metric) {
    const known = metric.rows.filter(row => row[0] !== null), width = Math.round(element.clientWidth), left = Math.min(260, width * 0.4), right = Math.min(130, width * 0.26);
    if (width < 40 || !known.length) return make("p", { class: "note" }, word("study.none"));
    let low = Math.min(...known.map(row => row[1] ?? row[0])), high = Math.max(...known.map(row => row[2] ?? row[0]));
    if (low > 0 && low < high * 0.7) low = 0;
    if (high <= low) { high += Math.abs(high) * 0.1 || 1; low -= Math.abs(low) * 0.1; }
    const tall = 20, height = metric.rows.length * tall + 26, across = value => left + (value - low) / (high - low) * (width - left - right);
    const shapes = ticks(low, high, Math.max(2, width / 200)).flatMap(level => [
      make("line", { class: "grid", x1: across(level), x2: across(level), y1: 0, y2: height - 20 }),
      make("text", { class: "axis", x: across(level), y: height - 6, "text-anchor": "middle" }, shown(level, metric.unit))]);
    metric.rows.forEach(([mean, from, to, count], n) => {
      const y = n * tall + 11;
      shapes.push(make("text", { x: left - 8, y: y + 4, "text-anchor": "end" }, name(n)));
      if (mean === null) return;
      if (from !== null) shapes.push(make("line", { x1: across(from), x2: across(to), y1: y, y2: y, stroke: "var(--s0)", "stroke-width": 6, "stroke-opacity": 0.4, "stroke-linecap": "round" }));
      shapes.push(make("circle", { cx: across(mean), cy: y, r: 4, fill: "var(--s0)" }));
      const range = from === null ? "" : ` (${shown(from, metric.unit)} – ${shown(to, metric.unit)})`;
      shapes.push(make("text", { x: width - right + 10, y: y + 4, "data-value": mean }, shown(mean, metric.unit),
        make("title", {}, `${name(n)}: ${shown(mean, metric.unit)}${range}, n = ${count}`)));
    });
    return make("figure", {}, make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": metric.label }, shapes),
      make("figcaption", {}, word("study.interval")));
  }

  /// The two axes with most values; of others there is a map for each value.
  function maps(metric) {
    if (several.length < 2) return [];
    const order = several.slice().sort((a, b) => part.axes[b].values.length - part.axes[a].values.length || a - b);
    const [down, right] = [order[0], order[1]].sort((a, b) => a - b), others = order.slice(2);
    const groups = new Map();
    part.labels.forEach((labels, row) => {
      const key = others.map(axis => part.axes[axis].name + " " + labels[axis]).join(", ");
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    });
    return [...groups].slice(0, 8).map(([key, rows]) => {
      const values = part.axes[down].values.map(a => part.axes[right].values.map(b => {
        const row = rows.find(row => part.labels[row][down] === a && part.labels[row][right] === b);
        return row === undefined ? null : metric.rows[row][0];
      }));
      return heatMap({ title: metric.label + (key ? ", " + key : ""), unit: metric.unit, values, rows: part.axes[down].values, columns: part.axes[right].values,
        corner: part.axes[down].name + " \\ " + part.axes[right].name });
    });
  }
  const draw = () => {
    const metric = part.metrics[Number(select.value)];
    plot.replaceChildren(intervals(metric));
    heat.replaceChildren(make("div", { class: "pair" }, maps(metric)));
  };
  new ResizeObserver(draw).observe(element);
  return element;
}

/// Squares with their numbers, on a scale from the least to the greatest.
function heatMap(part) {
  const all = part.values.flat().filter(value => value !== null), low = Math.min(...all), high = Math.max(...all);
  const shade = value => value === null ? "" : `background:rgba(var(--heat),${(0.06 + 0.5 * (high > low ? (value - low) / (high - low) : 0)).toFixed(3)})`;
  return make("figure", { "data-heat": "" }, make("h3", {}, part.title), make("div", { class: "scroll" }, make("table", { class: "heat" },
    make("thead", {}, make("tr", {}, make("th", {}, part.corner), part.columns.map(name => make("th", { scope: "col" }, name)))),
    make("tbody", {}, part.rows.map((name, row) => make("tr", {}, make("th", { scope: "row" }, name),
      part.columns.map((_, n) => make("td", { class: "n", style: shade(part.values[row][n]) }, exact(part.values[row][n], part.unit)))))))));
}
