// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Session
internal import Simulator

/// `cpnsim explain`: says what held a flow of a run back, when and for how long.
struct ExplainCommand: Command {
  static let name = "explain"
  static let abstract = "Explain what held a flow of a run back, when and for how long."
  static let discussion = """
    The run is repeated from its manifest, up to the end of the flow; the scenario \
    file is not needed, its traces are, unchanged. The times of a flow add up to its whole life: \
    each moment it was held back by one link, by the ceiling of its class, by a link that was \
    down, or by the delay of its path before its first byte. Of several flows of one name the \
    first is meant.
    """
  static let examples = [
    Example(
      "cpnsim run Scenarios/ring.yaml --out results/ring", "Make the run that is asked about."),
    Example("cpnsim explain results/ring flow 1", "Explain the flow that is named 1."),
    Example(
      "cpnsim explain results/ring flow 1 --all --format csv", "List every change of its rate."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("run", \.folder, "The results folder of a run.").taking("folder", .directory),
      .argument("what", \.subject, "What to explain."),
      .argument("id", \.flow, "The name of the flow, as flows.csv has it."),
      .option("rows", \.rows, "How many rows the timeline has at most."),
      .flag("all", \.showsAll, "Print one row for each change of rate, however many."),
      .format(\.format),
      .flag("quiet", \.isQuiet, "Draw no progress bar."),
    ]
  }

  enum Subject: String, CaseIterable, ArgumentValue {
    case flow
  }

  var folder = ""
  var subject = Subject.flow
  var flow = ""
  var rows = 20
  var showsAll = false
  var format = OutputFormat.table
  var isQuiet = false

  func run() throws -> ExitCode {
    guard rows > 0 else { throw UsageError.other("--rows: expected 1 or more, found \(rows)") }
    let replay = try Replay(folder: folder)
    StandardError.write(warnings: replay.warnings)
    guard
      let probe = try driven(drawsProgress: !isQuiet, { try replay.watch(flow, $0) })
    else {
      throw UnknownFlow(folder: folder, flow: flow)
    }
    let spells = showsAll ? probe.spells : probe.spells(atMost: rows)
    let explanation = FlowExplanation(probe: probe, spells: spells)
    try StandardOutput.write(explanation.text(as: format))
    return .done
  }
}

/// A name that no flow of the run has.
struct UnknownFlow: ReportableError {
  var folder: String
  var flow: String

  var description: String {
    "\(folder): the run has no flow '\(flow)'; their names are in the first column of flows.csv"
  }
  var exitCode: ExitCode { .wrongInput }
}
