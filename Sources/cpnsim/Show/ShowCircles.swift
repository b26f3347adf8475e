// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Scenario

/// `cpnsim show circles`: which places light reaches in 5 ms and in 20 ms.
struct ShowCircles: Command {
  static let name = "circles"
  static let abstract = "Tell which places light reaches in 5 ms and in 20 ms."
  static let discussion = """
    One row for each hub of the national network, or for each node of another; with --from one \
    for each place around that hub or node.
    """
  static let examples = [
    Example("cpnsim show circles", "See what is within 5 ms of each hub."),
    Example("cpnsim show circles --from ZJK", "List the places around one, nearest first."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenarioOrNational(\.file),
      .option("from", \.from, "From this node or hub.").taking("node"),
      .settings(\.changes.settings), .removals(\.changes.removals), .format(\.format),
    ]
  }

  var file: String?
  var from: String?
  var changes = ScenarioChanges()
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    let circles = try CircleListing(changes.scenario(of: file))
    let listing = try from.map { try circles.listing(from: $0) } ?? circles.listing()
    try StandardOutput.write(listing.text(as: format))
    return .done
  }
}
