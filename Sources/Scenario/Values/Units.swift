// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
internal import NetworkModel
internal import Text
internal import YAMLReader

extension BitsPerSecond: Quantity {
  static let noun = "a bit rate"
  static let example = "400 Gbps"
  static let limit = "1000 Pbps"
  static let least = (text: "1 bps", baseUnits: 1.0)
  static let units = [
    Unit(symbol: "bps", aliases: ["bit/s"]), Unit(symbol: "kbps", aliases: ["kbit/s"], power: 3),
    Unit(symbol: "Mbps", aliases: ["Mbit/s"], power: 6),
    Unit(symbol: "Gbps", aliases: ["Gbit/s"], power: 9),
    Unit(symbol: "Tbps", aliases: ["Tbit/s"], power: 12),
    Unit(symbol: "Pbps", aliases: ["Pbit/s"], power: 15),
  ]

  init?(baseUnits: Double) {
    guard baseUnits <= 1e18 else { return nil }
    self.init(baseUnits)
  }

  var isPositive: Bool { value > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value)) }
}

extension Bytes: Quantity {
  static let noun = "an amount of data"
  static let example = "10 GB"
  static let limit = "1000 EB"
  static let least = (text: "0.001 B", baseUnits: 0.001)
  static let units = [
    Unit(symbol: "B"), Unit(symbol: "kB", power: 3), Unit(symbol: "MB", power: 6),
    Unit(symbol: "GB", power: 9), Unit(symbol: "TB", power: 12), Unit(symbol: "PB", power: 15),
    Unit(symbol: "EB", power: 18),
    Unit(symbol: "KiB", factor: 0x1p10, isCanonical: false),
    Unit(symbol: "MiB", factor: 0x1p20, isCanonical: false),
    Unit(symbol: "GiB", factor: 0x1p30, isCanonical: false),
    Unit(symbol: "TiB", factor: 0x1p40, isCanonical: false),
  ]

  init?(baseUnits: Double) {
    guard baseUnits <= 1e21 else { return nil }
    self.init(baseUnits)
  }

  var isPositive: Bool { value > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: value)) }
}

/// A rate of things that happen: so many in a second.
struct Frequency: Quantity, Equatable {
  var perSecond: Double

  static let noun = "a rate"
  static let example = "100 /s"
  static let limit = "1e9 /s"
  static let least = (text: "1e-15 /s", baseUnits: 1e-15)
  static let units = [
    Unit(symbol: "/y", factor: 1 / 31_557_600, isCanonical: false),
    Unit(symbol: "/d", factor: 1 / 86_400, isCanonical: false),
    Unit(symbol: "/h", factor: 1 / 3600, isCanonical: false),
    Unit(symbol: "/min", factor: 1 / 60, isCanonical: false), Unit(symbol: "/s"),
  ]

  init(perSecond: Double) {
    self.perSecond = perSecond
  }

  /// More than one in a nanosecond can't be told apart.
  init?(baseUnits: Double) {
    guard baseUnits <= 1e9 else { return nil }
    perSecond = baseUnits
  }

  var isPositive: Bool { perSecond > 0 }

  var node: Node { .text(Self.text(ofBaseUnits: perSecond)) }
}

/// Whole nanoseconds; a whole number of a unit is read without any rounding.
extension SimDuration: Quantity {
  static let noun = "a time"
  static let example = "10 s"
  static let limit = "292 years"
  static let least = (text: "1 ns", baseUnits: 0.5)
  static let units = [
    Unit(symbol: "ns"), Unit(symbol: "us", aliases: ["µs", "μs"], power: 3),
    Unit(symbol: "ms", power: 6), Unit(symbol: "s", power: 9),
    Unit(symbol: "min", power: 9, factor: 60), Unit(symbol: "h", power: 9, factor: 3600),
    Unit(symbol: "d", power: 9, factor: 86_400),
  ]

  init?(baseUnits: Double) {
    guard let nanoseconds = Int64(exactly: baseUnits.rounded()) else { return nil }
    self.init(nanoseconds: nanoseconds)
  }

  static func exactly(_ count: Int64, _ unit: Unit) -> SimDuration? {
    guard let size = Int64(exactly: unit.nanoseconds) else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    return overflow ? nil : SimDuration(nanoseconds: product)
  }

  var isPositive: Bool { nanoseconds > 0 }

  /// In the largest unit of which it is a whole number.
  var node: Node {
    for unit in Self.units.reversed() {
      guard let size = Int64(exactly: unit.nanoseconds), nanoseconds.isMultiple(of: size),
        nanoseconds > 0
      else { continue }
      return .text("\(nanoseconds / size) \(unit.symbol)")
    }
    return .text("\(nanoseconds / 1_000_000_000) s")
  }
}

extension Unit {
  /// The size of a unit of time.
  fileprivate var nanoseconds: Double {
    (0..<power).reduce(factor) { size, _ in size * 10 }
  }
}
