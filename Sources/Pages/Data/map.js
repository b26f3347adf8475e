// SPDX-License-Identifier: GPL-3.0-or-later
// The map: places and lines over a coast, links coloured by use and sites sized by what they serve, at one instant
// after another; beside it the links that are used most at that instant, in words.
"use strict";
const limits = [0.2, 0.4, 0.6, 0.8, 0.9];
const useClass = use => limits.filter(limit => use >= limit).length;

/// Rates and capacities of all links by time; capacities are kept as runs of equal values.
class LinkTable {
  constructor(links) {
    this.names = links.names;
    this.times = links.times;
    this.rates = links.rates;
    this.capacities = links.capacities.map(runs => {
      const all = [];
      for (let n = 0; n < runs.length; n += 2) for (let k = 0; k < runs[n + 1]; k += 1) all.push(runs[n]);
      return all;
    });
    this.kinds = links.kinds;
  }
  /// Empty where the link has no capacity.
  use(link, time) {
    const capacity = this.capacities[link][time];
    return capacity > 0 ? this.rates[link][time] / capacity : null;
  }
  series(link) { return this.times.map((_, time) => this.use(link, time)); }
  busiest(time, count, kind) {
    return this.names.map((_, link) => link).filter(link => this.use(link, time) !== null && (!kind || this.kinds[link] === kind))
      .sort((a, b) => this.use(b, time) - this.use(a, time) || a - b).slice(0, count);
  }
}
const linkTable = page.links ? new LinkTable(page.links) : null;

class NetworkMapView {
  constructor(part) {
    this.part = part;
    this.places = part.places;
    this.lines = part.lines;
    this.times = linkTable ? linkTable.times : part.sites ? part.sites.times : [];
    this.time = Math.max(0, this.times.length - 1);
    const narrow = Math.cos((part.box[1] + part.box[3]) / 2 * Math.PI / 180);
    this.project = (longitude, latitude) => [(longitude - part.box[0]) * narrow * 20, (part.box[3] - latitude) * 20];
    const [width, height] = this.project(part.box[2], part.box[1]);
    this.whole = this.view = [0, 0, width, height];
    this.at = this.places.map(place => this.project(place.x, place.y));
    this.element = make("div", { class: "two" }, this.makeMap(), this.makeList());
    this.setTime(this.startTime());
  }
  /// The instant at which a link is used most.
  startTime() {
    if (!linkTable) return this.time;
    let best = 0, most = -1;
    this.times.forEach((_, time) => { const [link] = linkTable.busiest(time, 1); const use = link === undefined ? 0 : linkTable.use(link, time);
      if (use > most) { most = use; best = time; } });
    return best;
  }
  makeMap() {
    this.svg = make("svg", { id: "map", role: "img", "aria-label": word("map.title"), tabindex: 0, onkeydown: event => this.key(event) });
    const land = this.part.coast.map(ring => {
      let path = "";
      for (let n = 0; n < ring.length; n += 2) path += (n ? "L" : "M") + this.project(ring[n] / 20, ring[n + 1] / 20).map(v => v.toFixed(1)).join(" ");
      return make("path", { class: "land", d: path + "Z" });
    });
    this.ways = this.lines.map(() => make("line", { class: "way" }));
    const hits = this.lines.map((line, n) => make("line", { class: "hit", ...this.ends(line),
      onpointermove: event => showTip(event, this.lineText(n)), onpointerleave: hideTip, onclick: () => this.pick(line) }));
    this.dots = this.places.map((place, n) => make("circle", { class: "place", cx: this.at[n][0], cy: this.at[n][1],
      onpointermove: event => showTip(event, this.placeText(n)), onpointerleave: hideTip }));
    this.discs = this.places.map((_, n) => make("circle", { class: "serves", cx: this.at[n][0], cy: this.at[n][1], "pointer-events": "none" }));
    this.lines.forEach((line, n) => { for (const [name, value] of Object.entries(this.ends(line))) this.ways[n].setAttribute(name, value); });
    this.labels = make("g", { "aria-hidden": "true" });
    this.svg.append(...land, ...this.ways, ...this.discs, ...hits, ...this.dots, this.labels);
    new ResizeObserver(() => this.layOut()).observe(this.svg);
    this.drag();
    const zooms = [["＋", "zoom.in", () => this.zoom(0.6)], ["－", "zoom.out", () => this.zoom(1 / 0.6)], ["⟲", "zoom.all", () => this.look(this.whole)]];
    return make("figure", {}, this.svg, make("div", { class: "tools" },
      zooms.map(([sign, key, act]) => make("button", { type: "button", title: word(key), "aria-label": word(key), onclick: act }, sign)),
      linkTable ? make("span", { class: "scale" }, word("map.use"), [0, 1, 2, 3, 4, 5].map(n => make("span", {},
        make("i", { style: `background:var(--u${n})` }), n < 5 ? "< " + limits[n] * 100 + " %" : "≥ 90 %"))) : null,
      this.part.sites ? make("span", { class: "scale" }, make("span", {}, "● " + this.part.sites.title)) : null));
  }
  ends(line) {
    const [x1, y1] = this.at[line.a], [x2, y2] = this.at[line.b];
    return { x1, y1, x2, y2 };
  }
  makeList() {
    this.clock = make("span", { class: "clock" });
    this.slider = make("input", { type: "range", min: 0, max: Math.max(0, this.times.length - 1), "aria-label": word("map.time"),
      oninput: () => this.setTime(Number(this.slider.value)) });
    this.play = make("button", { type: "button", "aria-pressed": "false", onclick: () => this.toggle() }, "▶ " + word("map.play"));
    this.list = make("div");
    this.chosen = make("div");
    if (this.times.length < 2) { this.listPlaces(); return make("div", {}, this.list, this.chosen); }
    return make("div", {}, make("div", { class: "tools" }, this.play, this.slider, this.clock), this.hours(), this.list, this.chosen);
  }
  /// Buttons of whole hours, at most 24 of them.
  hours() {
    const all = this.times.map((time, n) => [time, n]).filter(([time]) => time % 3600 === 0);
    if (all.length < 2) return null;
    const step = Math.ceil(all.length / 24);
    return make("div", { class: "hours", role: "group", "aria-label": word("map.time") }, all.filter((_, n) => (n + 1) % step === 0)
      .map(([time, n]) => make("button", { type: "button", onclick: () => this.setTime(n) }, clock(time))));
  }
  toggle() {
    const isOn = !this.timer;
    this.play.setAttribute("aria-pressed", String(isOn));
    this.play.textContent = isOn ? "❚❚ " + word("map.stop") : "▶ " + word("map.play");
    if (!isOn) { clearInterval(this.timer); this.timer = null; return; }
    this.timer = setInterval(() => this.setTime((this.time + 1) % this.times.length), 220);
  }
  setTime(time) {
    this.time = time;
    this.slider.value = time;
    if (this.times.length) { this.clock.textContent = clock(this.times[time]); this.slider.setAttribute("aria-valuetext", clock(this.times[time])); }
    this.lines.forEach((line, n) => {
      const uses = [line.f, line.r].filter(link => linkTable && link >= 0).map(link => linkTable.use(link, time));
      const isDown = uses.length > 0 && uses.every(use => use === null), use = Math.max(-1, ...uses.map(use => use ?? -1));
      const level = use < 0 ? 0 : useClass(use);
      this.ways[n].setAttribute("stroke", isDown ? "var(--ink)" : uses.length ? `var(--u${level})` : "var(--coast)");
      this.ways[n].setAttribute("stroke-width", isDown ? 1.6 : uses.length ? 1.3 + level * 0.65 : 1);
      this.ways[n].setAttribute("stroke-dasharray", isDown ? "2 5" : "none");
    });
    if (linkTable && this.times.length > 1) this.listLinks();
    this.sizeSites();
  }
  siteValue(n) {
    const sites = this.part.sites, row = sites ? sites.values[n] : null;
    if (!row) return null;
    // Where sites are known by other steps than links: the step that the instant ends or is in.
    const at = Math.min(sites.times.length - 1, firstFrom(sites.times, this.times[this.time] ?? 0));
    return row[at];
  }
  sizeSites() {
    const sites = this.part.sites, unit = this.view[2] / Math.max(1, this.svg.clientWidth || 600);
    this.discs.forEach((disc, n) => {
      const value = this.siteValue(n);
      disc.setAttribute("r", value > 0 ? Math.sqrt(value / sites.most) * 22 * unit : 0);
    });
  }
  listLinks() {
    const links = linkTable.busiest(this.time, 10), at = clock(this.times[this.time]);
    const down = linkTable.names.filter((_, link) => !(linkTable.capacities[link][this.time] > 0));
    const head = make("tr", {}, make("th", {}, word("link")), make("th", { class: "n" }, word("use")), make("th", { class: "n" }, word("rate")), make("th", { class: "n" }, word("capacity")));
    this.list.replaceChildren(make("h3", { id: "busiest" }, fill("map.busiest", at)),
      make("div", { class: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, links.map(link => make("tr", {},
        make("td", {}, make("button", { type: "button", style: "border:0;background:none;padding:0;text-align:left;color:var(--accent)",
          onclick: () => this.show(link) }, linkTable.names[link])),
        make("td", { class: "n" }, exact(linkTable.use(link, this.time), "%")),
        make("td", { class: "n" }, exact(linkTable.rates[link][this.time], "bit/s")),
        make("td", { class: "n" }, exact(linkTable.capacities[link][this.time], "bit/s"))))))),
      make("p", { class: "note" }, down.length ? fill("map.down", down.slice(0, 6).join(", ") + (down.length > 6 ? " …" : "")) : ""));
  }
  listPlaces() { this.list.replaceChildren(make("p", { class: "note" }, fill("map.content", this.places.length, this.lines.length))); }
  pick(line) { if (linkTable) this.show(line.f >= 0 ? line.f : line.r); }
  /// Shows a link in the chart of all links.
  show(link) {
    if (link < 0 || !charts.links) return;
    charts.links.choose([link]);
    charts.links.element.scrollIntoView({ block: "center" });
  }
  lineText(n) {
    const line = this.lines[n], all = [line.n + (line.km ? ", " + line.km + " km" : "")];
    for (const link of [line.f, line.r]) {
      if (!linkTable || link < 0) continue;
      const use = linkTable.use(link, this.time);
      all.push(linkTable.names[link] + ": " + (use === null ? word("down") : shown(use, "%") + ", " + shown(linkTable.rates[link][this.time], "bit/s")));
    }
    return all.join("\n");
  }
  placeText(n) {
    const value = this.siteValue(n), place = this.places[n];
    return place.n + (place.z && place.z !== place.n ? " " + place.z : "") + (value > 0 ? "\n" + this.part.sites.title + ": " + shown(value, this.part.sites.unit) : "");
  }
  look(view) {
    const most = this.whole, width = Math.min(Math.max(view[2], most[2] / 60), most[2]), height = width * most[3] / most[2];
    this.view = [Math.min(Math.max(view[0], 0), most[2] - width), Math.min(Math.max(view[1], 0), most[3] - height), width, height];
    this.layOut();
  }
  zoom(factor, x = 0.5, y = 0.5) {
    const [left, top, width, height] = this.view;
    this.look([left + width * x * (1 - factor), top + height * y * (1 - factor), width * factor, height * factor]);
  }
  key(event) {
    const [left, top, width, height] = this.view, step = 0.15;
    const acts = { "+": () => this.zoom(0.7), "=": () => this.zoom(0.7), "-": () => this.zoom(1 / 0.7), "0": () => this.look(this.whole),
      ArrowLeft: () => this.look([left - width * step, top, width, height]), ArrowRight: () => this.look([left + width * step, top, width, height]),
      ArrowUp: () => this.look([left, top - height * step, width, height]), ArrowDown: () => this.look([left, top + height * step, width, height]) };
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  }
  drag() {
    let from = null;
    this.svg.addEventListener("pointerdown", event => { from = [event.clientX, event.clientY, ...this.view]; });
    addEventListener("pointerup", () => { from = null; });
    this.svg.addEventListener("pointermove", event => {
      if (!from || event.buttons !== 1) return;
      const scale = this.view[2] / this.svg.clientWidth;
      this.look([from[2] - (event.clientX - from[0]) * scale, from[3] - (event.clientY - from[1]) * scale, this.view[2], this.view[3]]);
    });
    this.svg.addEventListener("wheel", event => {
      if (!event.ctrlKey && !event.shiftKey && document.activeElement !== this.svg) return;
      event.preventDefault();
      const box = this.svg.getBoundingClientRect();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }, { passive: false });
  }
  /// Sizes that are of the screen and not of the map, and the labels that have room, clusters first.
  layOut() {
    this.svg.setAttribute("viewBox", this.view.map(v => v.toFixed(2)).join(" "));
    const unit = this.view[2] / Math.max(1, this.svg.clientWidth || 600), isNear = this.view[2] < this.whole[2] * 0.3;
    this.dots.forEach((dot, n) => dot.setAttribute("r", (this.places[n].k === 0 ? 3.6 : this.places[n].k === 1 ? 2.6 : 1.5) * unit));
    this.sizeSites();
    const taken = [], labels = [];
    const order = this.places.map((_, n) => n).sort((a, b) => this.places[a].k - this.places[b].k);
    for (const n of order) {
      const place = this.places[n], [x, y] = this.at[n], size = (place.k === 0 ? 12 : 10.5) * unit;
      if (place.k === 2 && !isNear) continue;
      const name = place.z || place.n, width = [...name].reduce((sum, sign) => sum + (sign > "⺀" ? 1 : 0.58), 0) * size;
      if (x < this.view[0] || y < this.view[1] || x > this.view[0] + this.view[2] || y > this.view[1] + this.view[3]) continue;
      const free = [[x + 5 * unit, y + size * 0.35], [x - width - 5 * unit, y + size * 0.35], [x - width / 2, y - 6 * unit], [x - width / 2, y + 6 * unit + size * 0.8]]
        .map(([left, base]) => [left, base - size, left + width, base + size * 0.2, base])
        .find(box => box[0] >= this.view[0] && box[2] <= this.view[0] + this.view[2] && taken.every(other => box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1]));
      if (!free) continue;
      taken.push(free);
      labels.push(make("text", { x: free[0], y: free[4], style: `font-size:${size}px;stroke-width:${2.4 * unit}px` + (place.k === 0 ? ";font-weight:600" : "") }, name));
    }
    this.labels.replaceChildren(...labels);
  }
}
