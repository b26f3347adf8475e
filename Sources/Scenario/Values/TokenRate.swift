// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// So many tokens in a time.
struct TokenRate: Quantity, Equatable {
  var perSecond: Double

  static let noun = "a rate of tokens"
  static let example = "140e12 tokens/day"
  static let limit = "1e18 tokens/s"
  static let least = (text: "1e-9 tokens/s", baseUnits: 1e-9)
  static let units = [
    Unit(symbol: "tokens/day", aliases: ["tokens/d"], factor: 1 / 86_400, isCanonical: false),
    Unit(symbol: "tokens/h", factor: 1 / 3600, isCanonical: false),
    Unit(symbol: "tokens/min", factor: 1 / 60, isCanonical: false), Unit(symbol: "tokens/s"),
  ]

  init(perSecond: Double) {
    self.perSecond = perSecond
  }

  init?(baseUnits: Double) {
    guard baseUnits <= 1e18 else { return nil }
    perSecond = baseUnits
  }

  var isPositive: Bool { perSecond > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: perSecond)) }
}
