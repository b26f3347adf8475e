// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Scenario

/// `cpnsim show paths`: the paths of a scenario's flows, or those between nodes.
struct ShowPaths: Command {
  static let name = "paths"
  static let abstract = "List the paths that flows take, or those of least delay between nodes."
  static let discussion = """
    Without --from and --to these are the paths that the flows of the scenario take, those of its \
    traces among them; with one of them, or both, the paths of least delay between those nodes.
    """
  static let examples = [
    Example("cpnsim show paths Scenarios/ring.yaml", "List the paths of the flows."),
    Example(
      "cpnsim show paths Scenarios/national-clusters.yaml --from guian --to wuhu",
      "Find the path of least delay."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenario(\.file),
      .option("from", \.from, "From this node.").taking("node"),
      .option("to", \.to, "To this node.").taking("node"),
      .settings(\.changes.settings), .removals(\.changes.removals), .format(\.format),
    ]
  }

  var file = ""
  var from: String?
  var to: String?
  var changes = ScenarioChanges()
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    var paths = PathListing(try changes.scenario(of: file).model)
    let listing = try paths.listing(from: from, to: to)
    try StandardOutput.write(listing.text(as: format))
    return .done
  }
}
