// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

extension Kilometres: Quantity {
  static let noun = "a length"
  static let example = "80 km"
  static let limit = "100000 km"
  static let least = (text: "1 mm", baseUnits: 1e-6)
  static let units = [
    Unit(symbol: "m", factor: 1e-3, isCanonical: false), Unit(symbol: "km"),
  ]

  init?(baseUnits: Double) {
    guard baseUnits <= 100_000 else { return nil }
    self.init(baseUnits)
  }

  var isPositive: Bool { value > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value)) }
}

/// A ratio of powers, such as a loss or a margin.
struct Decibels: Quantity, Equatable {
  var value_dB: Double

  static let noun = "a ratio"
  static let example = "2 dB"
  static let limit = "100 dB"
  static let least = (text: "1e-6 dB", baseUnits: 1e-6)
  static let units = [Unit(symbol: "dB")]

  init(_ value_dB: Double) {
    self.value_dB = value_dB
  }

  init?(baseUnits: Double) {
    guard baseUnits <= 100 else { return nil }
    value_dB = baseUnits
  }

  var isPositive: Bool { value_dB > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value_dB)) }
}

/// What a length of glass takes from the light.
struct Attenuation: Quantity, Equatable {
  var value_dB_km: Double

  static let noun = "a loss"
  static let example = "0.2 dB/km"
  static let limit = "10 dB/km"
  static let least = (text: "1e-6 dB/km", baseUnits: 1e-6)
  static let units = [Unit(symbol: "dB/km")]

  init?(baseUnits: Double) {
    guard baseUnits <= 10 else { return nil }
    value_dB_km = baseUnits
  }

  var isPositive: Bool { value_dB_km > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value_dB_km)) }
}

/// Chromatic dispersion.
struct Dispersion: Quantity, Equatable {
  var value_ps_nm_km: Double

  static let noun = "a dispersion"
  static let example = "16.7 ps/nm/km"
  static let limit = "100 ps/nm/km"
  static let least = (text: "1e-6 ps/nm/km", baseUnits: 1e-6)
  static let units = [Unit(symbol: "ps/nm/km")]

  init?(baseUnits: Double) {
    guard baseUnits <= 100 else { return nil }
    value_ps_nm_km = baseUnits
  }

  var isPositive: Bool { value_ps_nm_km > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value_ps_nm_km)) }
}

/// The Kerr nonlinear coefficient of a glass.
struct Nonlinearity: Quantity, Equatable {
  var value_W_km: Double

  static let noun = "a nonlinear coefficient"
  static let example = "1.27 /W/km"
  static let limit = "100 /W/km"
  static let least = (text: "1e-6 /W/km", baseUnits: 1e-6)
  static let units = [Unit(symbol: "/W/km")]

  init?(baseUnits: Double) {
    guard baseUnits <= 100 else { return nil }
    value_W_km = baseUnits
  }

  var isPositive: Bool { value_W_km > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value_W_km)) }
}

/// A frequency of light, or a width of spectrum.
struct OpticalFrequency: Quantity, Equatable {
  var value_GHz: Double

  static let noun = "a frequency"
  static let example = "50 GHz"
  static let limit = "1000 THz"
  static let least = (text: "1 kHz", baseUnits: 1e-6)
  static let units = [Unit(symbol: "GHz"), Unit(symbol: "THz", power: 3)]

  init(_ value_GHz: Double) {
    self.value_GHz = value_GHz
  }

  init?(baseUnits: Double) {
    guard baseUnits <= 1e6 else { return nil }
    value_GHz = baseUnits
  }

  var isPositive: Bool { value_GHz > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value_GHz)) }
}

/// Symbols in a second.
struct SymbolRate: Quantity, Equatable {
  var value_GBd: Double

  static let noun = "a symbol rate"
  static let example = "32 GBd"
  static let limit = "10000 GBd"
  static let least = (text: "1 kBd", baseUnits: 1e-6)
  static let units = [Unit(symbol: "GBd", aliases: ["Gbaud"])]

  init?(baseUnits: Double) {
    guard baseUnits <= 10_000 else { return nil }
    value_GBd = baseUnits
  }

  var isPositive: Bool { value_GBd > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value_GBd)) }
}

/// A part of a whole in per cent.
struct Percentage: Quantity, Equatable {
  var percent: Double

  static let noun = "a part"
  static let example = "80 %"
  static let limit = "100 %"
  static let least = (text: "1e-9 %", baseUnits: 1e-9)
  static let units = [Unit(symbol: "%")]

  init(_ percent: Double) {
    self.percent = percent
  }

  init?(baseUnits: Double) {
    guard baseUnits <= 100 else { return nil }
    percent = baseUnits
  }

  var isPositive: Bool { percent > 0 }

  /// The part as a number from 0 to 1.
  var share: Double { percent / 100 }

  var node: Node { .text(Self.text(ofBaseUnits: percent)) }
}
