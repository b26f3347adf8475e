// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import NetworkModel
internal import Results
internal import Scenario
internal import Simulator

/// `cpnsim show`: prints what a scenario comes to, or what the tables of a run mean.
struct ShowCommand: Command {
  static let name = "show"
  static let abstract = "Show the network, links or paths of a scenario, or the columns of results."
  static let discussion = """
    'show network' counts the links at each node; links that stand alone are in a row without a \
    node. 'show paths' lists the paths that the flows of the scenario take, those of its traces among \
    them; with --from or --to, or both, the paths of least delay between those nodes instead. \
    'show columns' needs no file: it tells type, unit and meaning of every column that a run \
    writes, or of those of one table.
    """
  static let examples = [
    Example(
      "cpnsim show network Scenarios/national-clusters.yaml", "Show nodes and what joins them."),
    Example("cpnsim show links Scenarios/ring.yaml --format csv", "List the links as CSV."),
    Example("cpnsim show paths Scenarios/ring.yaml", "List the paths that flows take."),
    Example(
      "cpnsim show paths Scenarios/national-clusters.yaml --from guian --to wuhu",
      "Find the path of least delay."),
    Example("cpnsim show columns flows", "Explain the columns of flows.csv."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("what", \.subject, "What to show."),
      .optionalArgument("file", \.file, "The scenario file; with columns, the name of a table.")
        .taking("file", .scenario),
      .option("from", \.from, "Only paths from this node.").taking("node"),
      .option("to", \.to, "Only paths to this node.").taking("node"),
      .settings(\.settings),
      .format(\.format),
    ]
  }

  enum Subject: String, CaseIterable, ArgumentValue {
    case network, links, paths, columns
  }

  var subject = Subject.network
  var file: String?
  var from: String?
  var to: String?
  var settings: [String] = []
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    if subject != .paths, from != nil || to != nil {
      throw UsageError.other("--from and --to go with 'show paths' only")
    }
    let answer = try subject == .columns ? columns() : answer(for: model())
    try StandardOutput.write(answer.text(as: format))
    return .done
  }

  private func model() throws -> Model {
    guard let file else {
      throw UsageError.other("'show \(subject.rawValue)' needs a scenario file")
    }
    return try ScenarioFile.load(path: file, settings: settings).model
  }

  private func answer(for model: Model) throws -> Listing {
    switch subject {
    case .links: return LinkListing.links(of: model.topology)
    case .paths:
      var paths = PathListing(model)
      return try paths.listing(from: from, to: to)
    case .network, .columns: return LinkListing.nodes(of: model.topology)
    }
  }

  /// The columns of one table, or of all.
  private func columns() throws(UsageError) -> Listing {
    guard settings.isEmpty else { throw .other("--set does not go with 'show columns'") }
    let tables = Outputs.Kind.allCases.map(RunTables.schema(of:))
    guard let file else { return ColumnListing.columns(of: tables) }
    guard let table = tables.first(where: { $0.name == file || $0.file == file }) else {
      throw .invalidValue(
        file, parameter: "<file>", expected: "table", choices: tables.map(\.name))
    }
    return ColumnListing.columns(of: [table])
  }
}
