// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// Electric power.
struct Power: Quantity, Equatable {
  var watts: Double

  static let noun = "a power"
  static let example = "400 kW"
  static let limit = "1 TW"
  static let least = (text: "1 mW", baseUnits: 1e-3)
  static let units = [
    Unit(symbol: "W"), Unit(symbol: "kW", power: 3), Unit(symbol: "MW", power: 6),
    Unit(symbol: "GW", power: 9),
  ]

  init(watts: Double) {
    self.watts = watts
  }

  init?(baseUnits: Double) {
    guard baseUnits <= 1e12 else { return nil }
    watts = baseUnits
  }

  var isPositive: Bool { watts > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: watts)) }
}

/// What a kilowatt-hour costs.
struct EnergyPrice: Quantity, Equatable {
  var yuanPerKWh: Double

  static let noun = "a price of energy"
  static let example = "0.36 yuan/kWh"
  static let limit = "1000 yuan/kWh"
  static let least = (text: "1e-9 yuan/kWh", baseUnits: 1e-9)
  static let units = [
    Unit(symbol: "yuan/MWh", factor: 1e-3, isCanonical: false), Unit(symbol: "yuan/kWh"),
  ]

  init(yuanPerKWh: Double) {
    self.yuanPerKWh = yuanPerKWh
  }

  init?(baseUnits: Double) {
    guard baseUnits <= 1000 else { return nil }
    yuanPerKWh = baseUnits
  }

  var isPositive: Bool { yuanPerKWh > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: yuanPerKWh)) }
}

/// What a kilowatt of the highest demand costs in a month.
struct DemandPrice: Quantity, Equatable {
  var yuanPerKWMonth: Double

  static let noun = "a price of demand"
  static let example = "40 yuan/kW-month"
  static let limit = "1e6 yuan/kW-month"
  static let least = (text: "1e-6 yuan/kW-month", baseUnits: 1e-6)
  static let units = [Unit(symbol: "yuan/kW-month", aliases: ["yuan/kW/month"])]

  init?(baseUnits: Double) {
    guard baseUnits <= 1e6 else { return nil }
    yuanPerKWMonth = baseUnits
  }

  var isPositive: Bool { yuanPerKWMonth > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: yuanPerKWMonth)) }
}

/// What a tenant pays for a machine for an hour.
struct MachinePrice: Quantity, Equatable {
  var yuanPerHour: Double

  static let noun = "a price of a machine"
  static let example = "12 yuan/h"
  static let limit = "1e6 yuan/h"
  static let least = (text: "1e-6 yuan/h", baseUnits: 1e-6)
  static let units = [Unit(symbol: "yuan/h")]

  init?(baseUnits: Double) {
    guard baseUnits <= 1e6 else { return nil }
    yuanPerHour = baseUnits
  }

  var isPositive: Bool { yuanPerHour > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: yuanPerHour)) }
}

/// The carbon dioxide that a kilowatt-hour brings about.
struct CarbonFactor: Quantity, Equatable {
  var kgPerKWh: Double

  static let noun = "a carbon factor"
  static let example = "0.54 kg/kWh"
  static let limit = "10 kg/kWh"
  static let least = (text: "1e-9 kg/kWh", baseUnits: 1e-9)
  static let units = [
    Unit(symbol: "g/kWh", factor: 1e-3, isCanonical: false), Unit(symbol: "kg/kWh"),
  ]

  init?(baseUnits: Double) {
    guard baseUnits <= 10 else { return nil }
    kgPerKWh = baseUnits
  }

  var isPositive: Bool { kgPerKWh > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: kgPerKWh)) }
}

/// Floating-point operations in a second.
struct ComputeSpeed: Quantity, Equatable {
  var flops: Double

  static let noun = "a speed of computing"
  static let example = "788 EFLOPS"
  static let limit = "1000 ZFLOPS"
  static let least = (text: "1 GFLOPS", baseUnits: 1e9)
  static let units = [
    Unit(symbol: "GFLOPS", power: 9), Unit(symbol: "TFLOPS", power: 12),
    Unit(symbol: "PFLOPS", power: 15), Unit(symbol: "EFLOPS", power: 18),
    Unit(symbol: "ZFLOPS", power: 21),
  ]

  init(flops: Double) {
    self.flops = flops
  }

  init?(baseUnits: Double) {
    guard baseUnits <= 1e24 else { return nil }
    flops = baseUnits
  }

  var isPositive: Bool { flops > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: flops)) }
}
