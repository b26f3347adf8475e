// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Text

/// What protected lightpaths carry less than they would alone.
///
/// With 1+1 and on rings a client is sent both ways, so it can't be faster than the slower of them
/// carries: the modes of both are chosen each for its own route, and the client gets the lower rate.
public struct ProtectionCost: Equatable, Sendable {
  /// Protected lightpaths, and those that carry less than their working route would.
  public private(set) var lightpaths = 0
  public private(set) var slower = 0
  /// Bits per second of all protected lightpaths, and of their working routes alone.
  public private(set) var rate = 0.0
  public private(set) var workingRate = 0.0

  package init() {}

  /// What it costs the links of a network as it is lit now.
  public init(ofLinksOf light: LightNetwork) {
    for index in light.linkCircuits.joined() { add(light.circuits[index], of: light) }
  }

  package mutating func add(_ circuit: Circuit, of light: LightNetwork) {
    guard circuit.protection == .onePlusOne || circuit.protection == .ring else { return }
    let alone = light.lightpaths[circuit.working].lineRate
    lightpaths += 1
    rate += circuit.nominalRate
    workingRate += alone
    // Rates of modes are exact; those from spectral efficiencies may be rounded.
    if circuit.nominalRate < alone * (1 - 1e-9) { slower += 1 }
  }
}

extension ProtectionCost {
  /// A sentence on protected lightpaths that are slower than they would be; empty without any.
  public var note: String {
    guard slower > 0 else { return "" }
    return "\(slower) of \(lightpaths) protected lightpaths run at a lower rate, so that their "
      + "other route closes too:\n\(formatted(bitsPerSecond: rate)) instead of "
      + "\(formatted(bitsPerSecond: workingRate)).\n"
  }
}
