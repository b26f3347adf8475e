// SPDX-License-Identifier: GPL-3.0-or-later
// Series over time that zoom: for each column of pixels the least and the greatest value in it are drawn, so that
// a frame takes the same work however many points there are, and no peak is lost.
"use strict";
const colours = 8;

/// The first place whose number is not below a value, of numbers that rise.
function firstFrom(list, value) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1; else high = middle;
  }
  return low;
}
function ticks(low, high, wanted) {
  const rough = (high - low) / wanted, power = Math.pow(10, Math.floor(Math.log10(rough || 1)));
  const step = [1, 2, 5, 10].map(n => n * power).find(step => step >= rough) ?? power;
  const all = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n += 1) all.push(n * step || 0);
  return all;
}
function timeTicks(low, high, wanted) {
  const steps = [1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];
  const rough = (high - low) / wanted;
  if (rough < 1) return ticks(low, high, wanted);
  const step = steps.find(step => step >= rough) ?? Math.ceil(rough / 604800) * 604800;
  const all = [];
  for (let time = Math.ceil(low / step) * step; time <= high; time += step) all.push(time);
  return all;
}

/// A label of an axis of time, which stays within the width.
const timeLabel = (x, y, width, time) => make("text", { class: "axis", x: Math.min(x, width - 2), y,
  "text-anchor": x > width - 26 ? "end" : "middle" }, clock(time));

class TimeChart {
  /// A part of kind "chart": { title, unit, x, series: [{ name, y }], picks, most }.
  constructor(part) {
    this.part = part;
    this.x = part.x;
    this.low = part.from ?? this.x[0];
    this.high = this.x[this.x.length - 1];
    if (this.high <= this.low) this.high = this.low + 1;
    this.view = [this.low, this.high];
    this.chosen = part.picks ? part.picks.slice(0, 1) : part.series.map((_, n) => n).slice(0, colours);
    this.svg = make("svg", { class: "plot", role: "img", tabindex: 0, "aria-label": part.title + ". " + word("chart.keys") });
    this.legend = make("div", { class: "legend", "aria-live": "off" });
    this.element = make("figure", { "data-chart": part.id },
      make("h3", {}, part.title), this.tools(), this.svg, this.legend,
      part.note ? make("figcaption", {}, part.note) : null);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.element);
  }
  tools() {
    const part = this.part;
    const buttons = [["＋", "zoom.in", () => this.zoom(0.5)], ["－", "zoom.out", () => this.zoom(2)],
      ["⟲", "zoom.all", () => this.show(this.low, this.high)]]
      .map(([sign, key, act]) => make("button", { type: "button", title: word(key), "aria-label": word(key), onclick: act }, sign));
    if (!part.picks) return make("div", { class: "tools" }, buttons, this.hint());
    this.select = make("select", { "aria-label": part.title, onchange: () => this.choose([Number(this.select.value)]) },
      part.picks.map(n => make("option", { value: n }, part.series[n].name)));
    return make("div", { class: "tools" }, this.select, buttons, this.hint());
  }
  /// How to zoom, said once on a page.
  hint() {
    if (TimeChart.isHinted) return null;
    TimeChart.isHinted = true;
    return make("span", { class: "quiet wide" }, word("chart.hint"));
  }
  choose(series) {
    this.chosen = series;
    if (this.select) this.select.value = series[0];
    this.draw();
  }
  show(from, to) {
    const least = (this.high - this.low) / Math.max(this.x.length, 50) * 3;
    let width = Math.min(Math.max(to - from, least), this.high - this.low);
    from = Math.min(Math.max(from, this.low), this.high - width);
    this.view = [from, from + width];
    this.draw();
  }
  zoom(factor, at = 0.5) {
    const [from, to] = this.view, middle = from + (to - from) * at;
    this.show(middle - (middle - from) * factor, middle + (to - middle) * factor);
  }
  pan(part) {
    const [from, to] = this.view, way = (to - from) * part;
    this.show(from + way, to + way);
  }
  listen() {
    const place = event => {
      const box = this.svg.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left - this.left) / (box.width - this.left - 8)));
    };
    let start = null;
    this.svg.addEventListener("wheel", event => {
      if (!event.ctrlKey && !event.shiftKey && document.activeElement !== this.svg) return;
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, place(event));
    }, { passive: false });
    this.svg.addEventListener("pointerdown", event => { start = place(event); this.svg.setPointerCapture(event.pointerId); });
    this.svg.addEventListener("pointermove", event => {
      this.cursor = place(event);
      this.marked = start === null ? null : [start, this.cursor];
      this.draw();
    });
    this.svg.addEventListener("pointerup", event => {
      const end = place(event), [from, to] = this.view, at = part => from + (to - from) * part;
      const before = start;
      start = this.marked = null;
      if (before !== null && Math.abs(end - before) > 0.02) this.show(at(Math.min(before, end)), at(Math.max(before, end)));
    });
    this.svg.addEventListener("pointerleave", () => { this.cursor = this.marked = null; start = null; this.draw(); });
    this.svg.addEventListener("dblclick", () => this.show(this.low, this.high));
    this.svg.addEventListener("keydown", event => {
      const acts = { ArrowLeft: () => this.pan(-0.2), ArrowRight: () => this.pan(0.2), "+": () => this.zoom(0.5),
        "=": () => this.zoom(0.5), "-": () => this.zoom(2), "0": () => this.show(this.low, this.high), Home: () => this.show(this.low, this.high) };
      if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
    });
  }
  /// The least and greatest value of each column of pixels, or the points themselves where they are few.
  line(y, first, last, across, down, width) {
    const x = this.x, count = last - first;
    let path = "", pen = "M";
    const put = (place, value) => { path += pen + across(place).toFixed(1) + " " + down(value).toFixed(1); pen = "L"; };
    if (count <= 2 * width) {
      for (let n = first; n < last; n += 1) { if (y[n] === null) pen = "M"; else put(x[n], y[n]); }
      return path;
    }
    const [from, to] = this.view;
    let n = first;
    for (let column = 0; column <= width && n < last; column += 1) {
      const end = from + (to - from) * (column + 1) / width;
      let low = Infinity, high = -Infinity, lowAt = 0, highAt = 0, isEmpty = n;
      for (; n < last && x[n] < end; n += 1) {
        const value = y[n];
        if (value === null) continue;
        if (value < low) { low = value; lowAt = n; }
        if (value > high) { high = value; highAt = n; }
      }
      if (n === isEmpty) continue;
      if (low === Infinity) { pen = "M"; continue; }
      if (lowAt <= highAt) { put(x[lowAt], low); if (highAt !== lowAt) put(x[highAt], high); }
      else { put(x[highAt], high); put(x[lowAt], low); }
    }
    return path;
  }
  draw() {
    const width = Math.round(this.element.clientWidth);
    if (width < 40) return;
    const height = this.part.height ?? 200, [from, to] = this.view, x = this.x;
    const first = Math.max(0, firstFrom(x, from) - 1), last = Math.min(x.length, firstFrom(x, to) + 1);
    let high = -Infinity, low = 0;
    for (const n of this.chosen) {
      const y = this.part.series[n].y;
      for (let k = first; k < last; k += 1) { const value = y[k]; if (value === null) continue; if (value > high) high = value; if (value < low) low = value; }
    }
    if (!(high > low)) high = low + 1;
    const unit = this.part.unit, levels = ticks(low, high * 1.02, 4);
    this.left = Math.max(...levels.map(level => shown(level, unit).length)) * 6.7 + 12;
    const across = time => this.left + (time - from) / (to - from) * (width - this.left - 8);
    const down = value => 8 + (high * 1.04 - value) / (high * 1.04 - low) * (height - 30);
    const shapes = levels.flatMap(level => [
      make("line", { class: "grid", x1: this.left, x2: width - 8, y1: down(level), y2: down(level) }),
      make("text", { class: "axis", x: this.left - 6, y: down(level) + 4, "text-anchor": "end" }, shown(level, unit))]);
    for (const time of timeTicks(from, to, Math.max(2, width / 110)))
      shapes.push(timeLabel(across(time), height - 6, width, time));
    this.chosen.forEach((n, place) => shapes.push(make("path", { fill: "none", stroke: `var(--s${place % colours})`, "stroke-width": 1.6,
      "stroke-linejoin": "round", d: this.line(this.part.series[n].y, first, last, across, down, width - this.left - 8) })));
    if (this.marked) {
      const [a, b] = this.marked.map(part => this.left + part * (width - this.left - 8));
      shapes.push(make("rect", { x: Math.min(a, b), y: 8, width: Math.abs(b - a), height: height - 30, fill: "var(--accent)", opacity: 0.15 }));
    }
    let at = null;
    if (this.cursor !== null && this.cursor !== undefined) {
      const time = from + (to - from) * this.cursor, next = Math.min(x.length - 1, firstFrom(x, time));
      at = next > 0 && time - x[next - 1] < x[next] - time ? next - 1 : next;
      shapes.push(make("line", { stroke: "var(--quiet)", x1: across(x[at]), x2: across(x[at]), y1: 8, y2: height - 22 }));
    }
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.replaceChildren(...shapes);
    this.legend.replaceChildren(...(at === null ? [] : [make("b", {}, clock(x[at]))]), ...this.chosen.map((n, place) =>
      make("span", {}, make("i", { style: `background:var(--s${place % colours})` }), this.part.series[n].name
        + (at === null ? "" : " " + shown(this.part.series[n].y[at], unit)))));
  }
}
