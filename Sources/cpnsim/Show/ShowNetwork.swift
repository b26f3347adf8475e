// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Light
internal import NetworkModel
internal import Scenario
internal import Simulator

/// `cpnsim show network`: what ends at each node, or a map.
struct ShowNetwork: Command {
  static let name = "network"
  static let abstract = "Count the fibres and links at each node, or draw the network as a map."
  static let discussion = """
    Links that stand alone are in a row without a node. As geojson or graphviz it is a map with \
    all fibres and links.
    """
  static let examples = [
    Example("cpnsim show network", "Show the built-in national network."),
    Example(
      "cpnsim show network Scenarios/fibre-cut.yaml --format geojson", "Draw it on a map."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenarioOrNational(\.file), .settings(\.changes.settings), .removals(\.changes.removals),
      .option("format", \.format, "How the answer is printed; geojson and graphviz are maps."),
    ]
  }

  enum Format: String, CaseIterable, ArgumentValue {
    case table, csv, json, geojson, graphviz
  }

  var file: String?
  var changes = ScenarioChanges()
  var format = Format.table

  func run() throws -> ExitCode {
    let loaded = try changes.scenario(of: file)
    let nodes = LinkListing.nodes(of: loaded)
    let text =
      switch format {
      case .table: nodes.text(as: .table)
      case .csv: nodes.text(as: .csv)
      case .json: nodes.text(as: .json)
      case .geojson: GeoJSONMap.text(of: try map(of: loaded))
      case .graphviz: GraphvizMap.text(of: try map(of: loaded))
      }
    try StandardOutput.write(text)
    return .done
  }

  /// A map that tells of each fibre what light makes of it, where that is known.
  private func map(of loaded: LoadedScenario) throws -> NetworkMap {
    var map = loaded.map()
    if case .byQuality = loaded.model.light.rating, !loaded.model.light.plant.fibres.isEmpty {
      try FibreListing(loaded.model, rate: nil).add(to: &map)
    }
    return map
  }
}
