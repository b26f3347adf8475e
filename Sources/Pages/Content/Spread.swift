// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Text

/// How many values are how large: counts in ranges from 1 to 2, 2 to 5 and 5 to 10 of each power.
struct Spread {
  private var counts: [Int: Int] = [:]
  /// Those that are 0 or too small to count.
  private var small = 0
  private(set) var count = 0

  mutating func add(_ value: Double) {
    guard value.isFinite else { return }
    count += 1
    if value < 1e-9 { small += 1 } else { counts[Self.bin(of: value), default: 0] += 1 }
  }

  /// Three bins a power of ten.
  static func bin(of value: Double) -> Int {
    var power = Int(floor(log10(value)))
    // The logarithm of a power of ten may be a hair below it.
    if value >= bound(power * 3 + 3) { power += 1 }
    if value < bound(power * 3) { power -= 1 }
    let place = value >= bound(power * 3 + 2) ? 2 : value >= bound(power * 3 + 1) ? 1 : 0
    return power * 3 + place
  }

  /// Where a bin begins.
  static func bound(_ bin: Int) -> Double {
    let power = bin >= 0 ? bin / 3 : -((-bin + 2) / 3)
    let digit = [1.0, 2, 5][bin - power * 3]
    return power >= 0 ? digit * pow(10, Double(power)) : digit / pow(10, Double(-power))
  }

  /// The part of a page; nil where there is nothing to show.
  func part(_ id: String, _ title: String, unit: String, quantiles: [(String, Double)]) -> Part? {
    guard count > 0 else { return nil }
    var bins: [JSON] = []
    if let first = counts.keys.min(), let last = counts.keys.max() {
      if small > 0 {
        bins.append(.array([.null, .number(Self.bound(first)), .integer(Int64(small))]))
      }
      for bin in first...last {
        bins.append(
          .array([
            .number(Self.bound(bin)), .number(Self.bound(bin + 1)),
            .integer(Int64(counts[bin] ?? 0)),
          ]))
      }
    } else {
      bins.append(.array([.null, .number(1e-9), .integer(Int64(small))]))
    }
    return Part(
      "spread",
      [
        ("id", .string(id)), ("title", .string(title)), ("unit", .string(unit)),
        ("bins", .array(bins)),
        ("quantiles", .array(quantiles.map { .array([.string($0.0), .number($0.1)]) })),
      ])
  }
}
