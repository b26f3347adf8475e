// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Light
internal import NetworkModel

/// A fibre at an instant: what is lit on it, and what would go dark with it.
public struct FibreAccount: Sendable {
  public var fibre: String
  public var at: SimTime
  public var kilometres: Double
  /// Faults that it has now.
  public var faults: Int
  /// Channels, or slots of the flexible grid: in use now in the busier direction, the most so far,
  /// and all.
  public var used: Int
  public var mostUsed: Int
  public var channels: Int
  /// In the order in which they were lit.
  public var lightpaths: [Lightpath] = []

  public struct Lightpath: Sendable {
    public var name: String
    /// As a reader counts them, from 1.
    public var channels: String
    /// The link or the pair of sites that it is lit for.
    public var owner: String
    public var role: String
    /// In bit/s.
    public var rate: Double
    public var litAt: SimTime
    /// Whether what it is lit for is carried by it now.
    public var carries: Bool
  }

  /// What it is lit for, with how many lightpaths and what they carry, the largest first.
  public var owners: [(owner: String, lightpaths: Int, rate: Double)] {
    var sums: [String: (lightpaths: Int, rate: Double)] = [:]
    for lightpath in lightpaths {
      sums[lightpath.owner, default: (0, 0)].lightpaths += 1
      sums[lightpath.owner, default: (0, 0)].rate += lightpath.rate
    }
    return sums.map { (owner: $0.key, lightpaths: $0.value.lightpaths, rate: $0.value.rate) }
      .sorted { ($1.rate, $0.owner) < ($0.rate, $1.owner) }
  }
}

extension Lighting {
  /// A fibre as it is now.
  func account(of fibre: FibreID) -> FibreAccount {
    let glass = model.light.plant[fibre]
    var account = FibreAccount(
      fibre: glass.name, at: now, kilometres: glass.length.value,
      faults: Int(light.faults[Int(fibre.index)]), used: reading { $0.slotsUsed(on: fibre) },
      mostUsed: reading { $0.mostSlotsUsed(on: fibre) }, channels: model.light.grid.count)
    let circuits = circuitsByLightpath
    let rows = Set(reading { $0.candidates.rows(of: fibre) })
    for index in light.lightpaths.positions {
      let lightpath = light.lightpaths[index]
      let strands = reading { Array($0.candidates.table.strands(ofPath: lightpath.path.index)) }
      guard strands.contains(where: { rows.contains($0) }) else { continue }
      let circuit = circuits[index]
      account.lightpaths.append(
        FibreAccount.Lightpath(
          name: light.name(ofLightpath: index), channels: light.channels(of: lightpath),
          owner: circuit.map { describe($0) } ?? "", role: lightpath.role.name,
          rate: lightpath.lineRate, litAt: lightpath.litAt,
          carries: circuit.map {
            light.circuits[$0].carries && light.active(light.circuits[$0]) == index
          } ?? false))
    }
    account.lightpaths.sort { ($0.litAt, $0.name) < ($1.litAt, $1.name) }
    return account
  }

  private var circuitsByLightpath: [LightpathID: CircuitID] {
    var circuits: [LightpathID: CircuitID] = [:]
    for index in light.circuits.positions {
      let circuit = light.circuits[index]
      for lightpath in [circuit.working, circuit.other] where !lightpath.isNone {
        circuits[lightpath] = index
      }
    }
    return circuits
  }
}
