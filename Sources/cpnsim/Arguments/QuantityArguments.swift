// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
public import EventKernel
internal import Glibc
public import NetworkModel
internal import Text
internal import YAMLReader

// Quantities on the command line, spelt as scenarios spell them: "100 km", "1.5 Gbps".

extension Kilometres: ArgumentValue {
  public static var valueName: String { "length" }
  public static var example: String? { "100 km" }

  public init?(argument: String) {
    guard let value = positive(argument, units: [("km", 0), ("m", -3)]) else { return nil }
    self.init(value)
  }

  public var argumentText: String { "\(shown(value)) km" }
}

extension BitsPerSecond: ArgumentValue {
  public static var valueName: String { "bit rate" }
  public static var example: String? { "400 Gbps" }

  public init?(argument: String) {
    let units = [("bps", 0), ("kbps", 3), ("Mbps", 6), ("Gbps", 9), ("Tbps", 12), ("Pbps", 15)]
    guard let value = positive(argument, units: units), value <= 1e18 else { return nil }
    self.init(value)
  }

  public var argumentText: String { formatted(bitsPerSecond: value) }
}

extension SimDuration: ArgumentValue {
  public static var valueName: String { "time" }
  public static var example: String? { "6 min" }

  public init?(argument: String) {
    let units = [("s", 1.0), ("min", 60), ("h", 3600)]
    for (symbol, seconds) in units {
      guard let value = positive(argument, units: [(symbol, 0)]), value * seconds <= 1e9 else {
        continue
      }
      self.init(nanoseconds: Int64((value * seconds * 1e9).rounded()))
      return
    }
    return nil
  }

  public var argumentText: String { "\(shown(seconds)) s" }
}

/// A quantity of more than nothing in the first of the units; nil where the text is none.
private func positive(_ text: String, units: [(symbol: String, power: Int)]) -> Double? {
  guard let (number, rest) = DecimalText.prefix(of: Substring(text)) else { return nil }
  let symbol = rest.drop { $0 == " " }
  guard let unit = units.first(where: { $0.symbol == symbol }),
    let value = number.value(timesTenTo: unit.power), value > 0
  else { return nil }
  return value
}

private func shown(_ value: Double) -> String {
  value == value.rounded() && value < 1e15 ? "\(Int64(value))" : "\(value)"
}
