// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Light
internal import Scenario
internal import Simulator

/// `cpnsim show light`: how light arrives over a route, term by term.
struct ShowLight: Command {
  static let name = "light"
  static let abstract = "Tell how light arrives over a route, term by term."
  static let discussion = """
    The route is one of those that lightpaths between --from and --to are tried on, or that of \
    --path. Powers are in the bandwidth of the signal, ratios with the noise in 0.1 nm; of the \
    channel that arrives worst unless --channel asks for another.
    """
  static let examples = [
    Example("cpnsim show light --from ZJK --to SG", "Explain how light arrives."),
    Example(
      "cpnsim show light --path 'Zhangjiakou;Beijing' --all-modes",
      "Explain it of one fibre, in every mode."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenarioOrNational(\.file),
      .option("from", \.from, "From this node.").taking("node"),
      .option("to", \.to, "To this node.").taking("node"),
      .option("path", \.path, "This route, its nodes or fibres joined by ';'.").taking("names"),
      .option("channel", \.channel, "This channel, counted from 1.").taking("number"),
      .flag("all-modes", \.showsAllModes, "Show every mode that fits the grid."),
      .settings(\.changes.settings), .removals(\.changes.removals), .format(\.format),
    ]
  }

  var file: String?
  var from: String?
  var to: String?
  var path: String?
  var channel: Int?
  var showsAllModes = false
  var changes = ScenarioChanges()
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    try checkEnds()
    let model = try changes.scenario(of: file).model
    let light = try LightListing(model, channel: channel, showsAllModes: showsAllModes)
    let listing =
      try path.map { try light.listing(path: $0) }
      ?? light.listing(from: from ?? "", to: to ?? "")
    let note = format == .table ? protectionNote(of: model) : ""
    try StandardOutput.write(listing.text(as: format) + note)
    return .done
  }

  private func checkEnds() throws(UsageError) {
    guard (path == nil) != (from == nil && to == nil), (from == nil) == (to == nil) else {
      throw .other("'show light' needs --from and --to, or --path")
    }
  }

  /// What protection takes of the links of a scenario, below a table for people.
  private func protectionNote(of model: Model) -> String {
    let note = ProtectionCost(ofLinksOf: model.lit).note
    return note.isEmpty ? "" : "\n" + note
  }
}
