// SPDX-License-Identifier: GPL-3.0-or-later
// Words, numbers and elements: what all parts of the page are made with.
"use strict";
const page = JSON.parse(document.getElementById("data").textContent);
const word = key => page.words[key] ?? key;
const fill = (key, ...values) => values.reduce((text, value, n) => text.replace("{" + n + "}", () => value), word(key));

/// An element with attributes and content; what starts with "on" is a listener.
function make(tag, attributes = {}, ...content) {
  const isShape = /^(svg|g|path|line|circle|rect|text|title|polyline)$/.test(tag);
  const element = isShape ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...content.flat().filter(part => part !== undefined && part !== null));
  return element;
}

const prefixes = [[1e18, "E"], [1e15, "P"], [1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""]];
const fractions = [[1, ""], [1e-3, "m"], [1e-6, "µ"], [1e-9, "n"]];

/// Three digits that count: 1.23, 12.3, 123.
function digits(value) {
  if (value === 0) return "0";
  const whole = Math.floor(Math.log10(Math.abs(value)));
  const text = value.toFixed(Math.min(20, Math.max(0, 2 - whole)));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
function prefixed(value, list) {
  const rounded = Number(Math.abs(value).toPrecision(3));
  const [factor, sign] = list.find(([factor]) => rounded >= factor) ?? list[list.length - 1];
  return [digits(Number(value.toPrecision(3)) / factor), sign];
}
function joined(value, list, unit) {
  const [number, sign] = value === 0 ? ["0", ""] : prefixed(value, list);
  return sign + unit ? number + " " + sign + unit : number;
}
function seconds(value) {
  const size = Math.abs(value);
  if (size >= 172800) return digits(Number((value / 86400).toPrecision(3))) + " d";
  if (size >= 3599.5) return digits(Number((value / 3600).toPrecision(3))) + " h";
  if (size >= 59.95) return digits(Number((value / 60).toPrecision(3))) + " min";
  return joined(value, fractions, "s");
}

/// A value as people read it, in its unit; a dash where there is none.
function shown(value, unit = "") {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value !== "number") return String(value);
  switch (unit) {
    case "%": return (Math.round(value * 1000) / 10) + " %";
    case "%4": return digits4(value * 100) + " %";
    case "s": return seconds(value);
    case "bit/s": return joined(value, prefixes, "bps");
    case "kWh": return joined(value * 1e3, prefixes, "Wh");
    case "kW": return joined(value * 1e3, prefixes, "W");
    case "kg": return Math.abs(value) >= 1e3 ? joined(value / 1e3, prefixes, "t") : digits(value) + " kg";
    case "B": case "": break;
    case "instant": return clock(value);
    default: return (Math.abs(value) < 1e4 ? plain(value) : joined(value, prefixes, "")) + " " + unit.replace(/yuan|tokens/, name => word("unit." + name));
  }
  return unit || Math.abs(value) >= 1e6 ? joined(value, prefixes, unit) : plain(value);
}
/// Of an availability the digits behind the nines count.
const digits4 = value => value.toFixed(4).replace(/\.?0+$/, "");
/// Whole numbers to the last digit, others to three that count.
function plain(value) {
  if (Number.isInteger(value)) return value.toLocaleString("en-GB");
  return Math.abs(value) >= 1e-3 ? digits(value) : value === 0 ? "0" : value.toPrecision(3);
}

/// An instant as the time of day, behind the day where the run has several.
function clock(time) {
  const minutes = Math.floor(time / 60 + 1e-9), pad = number => String(number).padStart(2, "0");
  if (page.end < 120) return digits(time) + " s";
  const rest = time - minutes * 60, isWhole = page.step % 60 === 0 && rest < 0.5;
  const day = Math.floor(minutes / 1440);
  const text = pad(Math.floor(minutes / 60) % 24) + ":" + pad(minutes % 60) + (isWhole ? "" : ":" + pad(Math.floor(rest)));
  // The end of the last day is 24:00 and not the 00:00 of a day that is not there.
  if (time > 0 && time === page.end && minutes % 1440 === 0)
    return (page.end > 86400 ? fill("day", day) + " " : "") + "24:00";
  return page.end > 86400 ? fill("day", day + 1) + " " + text : text;
}

/// A value whose text is short and whose title has all of it.
const exact = (value, unit) => make("span",
  typeof value === "number" ? { title: value + (unit && !unit.startsWith("%") && unit !== "instant" ? " " + unit : ""), "data-value": value } : {},
  shown(value, unit));

const tip = document.getElementById("tip");
function showTip(event, text) {
  tip.textContent = text;
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + "px";
  tip.style.top = Math.max(4, Math.min(event.clientY + 14, innerHeight - box.height - 8)) + "px";
}
const hideTip = () => { tip.hidden = true; };
