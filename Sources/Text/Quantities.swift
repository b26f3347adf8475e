// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

// Quantities as people read them: three significant digits, and the prefix that keeps them short.
// Files keep SI values in full; these are for terminals only.

/// Formats a rate: "400 Gbps".
public func formatted(bitsPerSecond: Double) -> String {
  formatted(bitsPerSecond, prefixes, base: "bps")
}

/// Formats a size with decimal prefixes: "1.5 GB".
public func formatted(bytes: Double) -> String {
  formatted(bytes, prefixes, base: "B")
}

/// Formats a count, which the caller follows by what is counted: "1.2 M" or "17".
public func formatted(count: Double) -> String {
  formatted(count, prefixes, base: "")
}

/// Formats a time: "9.7 ms", "12.3 s", "1.5 min", "24 h", "2 d".
public func formatted(seconds: Double) -> String {
  // Beyond a minute whole seconds are enough, and 59.96 s is then a minute as three digits say.
  let whole = seconds.rounded()
  return switch seconds.magnitude {
  // A day is the usual horizon and its hours are what tariffs know: days begin at two.
  case 172_800...: formatted(whole / 86_400, [(1, "")], base: "d")
  case 3599.5...: formatted(whole / 3600, [(1, "")], base: "h")
  case 59.95...: formatted(whole / 60, [(1, "")], base: "min")
  default: formatted(seconds, fractions, base: "s")
  }
}

/// Formats a part of a whole: "12.3 %".
public func formatted(percentOf part: Double) -> String {
  guard part.isFinite else { return "-" }
  return "\((part * 1000).rounded() / 10) %"
}

/// Formats a value in a unit that takes its prefix with it: "4.29 GWh" of kWh, "1.69 kt" of kg.
public func formatted(_ value: Double, unit: String) -> String {
  guard value.isFinite else { return "-" }
  return switch unit {
  case "kWh": formatted(value * 1e3, prefixes, base: "Wh")
  case "kW": formatted(value * 1e3, prefixes, base: "W")
  case "kg" where value.magnitude >= 1e3: formatted(value / 1e3, prefixes, base: "t")
  default: formatted(number: value) + " " + unit
  }
}

/// Formats a number: "1,234,567" or "0.125".
///
/// Whole ones to the last digit, so that nothing seems to be missing; others shortened.
public func formatted(number: Double) -> String {
  if number.isNaN { return "-" }
  guard number == number.rounded(), abs(number) < 1e15 else { return formatted(count: number) }
  var digits = Array(String(Int64(abs(number))))
  for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
  return (number < 0 ? "-" : "") + String(digits)
}

/// A number rounded to some digits that count, without prefixes: 0.003375, 1234000.
///
/// A dash where there is none.
public func formatted(digits: Int, of number: Double) -> String {
  guard number.isFinite, number != 0 else { return number == 0 ? "0" : "-" }
  var scale = 1.0
  var places = 0
  let limit = (0..<digits - 1).reduce(1.0) { size, _ in size * 10 }
  while number.magnitude * scale < limit, places < 30 { (scale, places) = (scale * 10, places + 1) }
  var coarse = 1.0
  while number.magnitude / coarse >= limit * 10 { coarse *= 10 }
  let value = places > 0 ? (number * scale).rounded() / scale : (number / coarse).rounded() * coarse
  return value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
}

private typealias Prefix = (factor: Double, symbol: String)

private let prefixes: [Prefix] = [
  (1, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T"), (1e15, "P"), (1e18, "E"),
]

private let fractions: [Prefix] = [(1e-9, "n"), (1e-6, "µ"), (1e-3, "m"), (1, "")]

private func formatted(_ value: Double, _ prefixes: [Prefix], base: String) -> String {
  guard value.isFinite else { return value.isNaN ? "unknown" : value < 0 ? "-∞" : "∞" }
  // Rounding may reach the next prefix: 999.9 M is 1 G.
  let magnitude = toThreeDigits(value.magnitude)
  var prefix = prefixes.last { $0.factor <= magnitude } ?? prefixes[0]
  if magnitude == 0 { prefix = (1, "") }
  let number = text(magnitude / prefix.factor)
  let unit = prefix.symbol + base
  return (value < 0 ? "-" : "") + number + (unit.isEmpty ? "" : " " + unit)
}

private func toThreeDigits(_ value: Double) -> Double {
  guard value > 0 else { return 0 }
  // Powers of ten below one are inexact: multiply or divide by the exact positive one.
  let place = Int(floor(log10(value))) - 2
  let scale = pow(10, Double(abs(place)))
  return place < 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
}

/// Writes with at most two decimals, or three digits where there is no whole part.
private func text(_ value: Double) -> String {
  guard value < 1e15 else { return value.description }
  let places = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0
  let scale = [1, 10, 100, 1000][places]
  let scaled = Int((value * Double(scale)).rounded())
  var decimals = String(scaled % scale + scale).dropFirst()
  while decimals.last == "0" { decimals.removeLast() }
  return String(scaled / scale) + (decimals.isEmpty ? "" : "." + decimals)
}
