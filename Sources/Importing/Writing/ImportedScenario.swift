// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// What a scenario needs beyond the network that a file has.
public struct ScenarioRules: Equatable, Sendable {
  /// The scenario's name; nil takes that of the network.
  public var name: String?
  /// How many channels are lit on each fibre.
  public var channels = 4
  /// What a demand of one is; nil takes what the file states.
  public var demandUnit: BitsPerSecond?
  /// What all traffic together asks for; nil takes the sum of the demands.
  public var load: BitsPerSecond?

  public init() {}

  static let usualDemandUnit = BitsPerSecond(1e9)
  static let usualLoad = BitsPerSecond(100e9)
}

/// A scenario made of an imported network: its sites, fibres, a link on each, and traffic.
public struct ImportedScenario: Sendable {
  public let name: String
  /// The scenario file.
  public let text: String
  /// What its reader should know beside the warnings of the network.
  public private(set) var warnings: [String] = []

  /// Writes the scenario.
  ///
  /// The rules of lengths are those by which the network was read. Of the path of the network file
  /// only the last part is written, so that the scenario does not tell where somebody kept it.
  public init(
    _ network: ImportedNetwork, rules: ScenarioRules, lengths: LengthRules, file: String,
    version: String
  ) throws(ImportError) {
    let path = file
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    name = ValidName.from(rules.name ?? network.name ?? stem)
    let load = try Self.load(of: network, rules, file: path, warnings: &warnings)
    var writer = ScenarioWriter(network)
    writer.writeHead(
      name: name, file: ValidName.from(file), version: version, lengths: lengths)
    writer.writeNetwork()
    writer.writeLight(channels: rules.channels)
    writer.writeTraffic(load: load)
    text = writer.text
  }

  private static func load(
    of network: ImportedNetwork, _ rules: ScenarioRules, file: String,
    warnings: inout [String]
  ) throws(ImportError) -> BitsPerSecond {
    if let load = rules.load { return load }
    guard !network.demands.isEmpty else {
      if rules.demandUnit != nil {
        warnings.append("the file has no demands, so that --demand-unit changes nothing")
      }
      return ScenarioRules.usualLoad
    }
    let unit = rules.demandUnit ?? network.demandUnit ?? ScenarioRules.usualDemandUnit
    let load = BitsPerSecond(network.demands.reduce(0) { $0 + $1.value } * unit.value)
    if rules.demandUnit == nil, network.demandUnit == nil {
      warnings.append(
        "the file does not state the unit of its demands: each is taken as \(unit.text), together "
          + "\(load.text); --demand-unit says otherwise")
    }
    // The largest rate that a scenario takes.
    guard load.value <= 1e18 else {
      throw ImportError(
        file: file, place: nil,
        text: "the demands come to more than 1000 Pbps; give a smaller --demand-unit, or --load")
    }
    guard load.value >= 1 else {
      throw ImportError(
        file: file, place: nil,
        text: "the demands come to less than 1 bps; give a larger --demand-unit, or --load")
    }
    return load
  }
}
