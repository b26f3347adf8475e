// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Scenario
internal import Simulator

/// `cpnsim show links`: the links of a scenario with capacity and delay.
struct ShowLinks: Command {
  static let name = "links"
  static let abstract = "List the links of a scenario with their capacity and delay."
  static let examples = [
    Example("cpnsim show links Scenarios/ring.yaml --format csv", "List the links as CSV.")
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenario(\.file), .settings(\.changes.settings), .removals(\.changes.removals),
      .format(\.format),
    ]
  }

  var file = ""
  var changes = ScenarioChanges()
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    let model = try changes.scenario(of: file).model
    try StandardOutput.write(LinkListing.links(of: model.topology).text(as: format))
    return .done
  }
}
