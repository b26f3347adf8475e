// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Scenario
internal import Simulator

/// `cpnsim run`: simulates a scenario and writes or prints what came of it.
struct RunCommand: Command {
  static let name = "run"
  static let abstract = "Simulate a scenario."
  static let discussion = """
    With --out the run writes a folder: the tables that the scenario asks for, manifest.json and \
    datapackage.json. It appears when everything in it is complete, and not before. Without \
    --out the summary is printed and nothing is written.
    """
  static let examples = [
    Example("cpnsim run Scenarios/ring.yaml", "Print the summary."),
    Example(
      "cpnsim run Scenarios/ring.yaml --out results/ring", "Write all tables to a new folder."),
    Example(
      "cpnsim run Scenarios/ring.yaml --set 'network.links[cw0].capacity=1.6 Tbps'",
      "Change one value for this run."),
    Example(
      "cpnsim run Scenarios/national-day.yaml --set 'events[+]={at: 20 h, cut: Wuhan-Zhengzhou}'",
      "Cut another fibre."),
    Example("cpnsim run Scenarios/ring.yaml --format json", "Print the summary as JSON."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenario(\.scenario),
      .option("out", \.out, "The folder to write; it must not exist yet.")
        .taking("folder", .directory),
      .settings(\.settings),
      .removals(\.removals),
      .option("format", \.format, "How the summary is printed."),
      .flag("quiet", \.isQuiet, "Print no summary and draw no progress bar."),
    ]
  }

  var scenario = ""
  var out: String?
  var settings: [String] = []
  var removals: [String] = []
  var format = OutputFormat.table
  var isQuiet = false

  func run() throws -> ExitCode {
    let loaded = try ScenarioFile.load(path: scenario, settings: settings, removing: removals)
    StandardError.write(warningsOf: loaded)
    FileOutput.reportSizeLimitAsError()
    let folder = try out.map { (path: String) throws(ResultsError) in
      try ResultsFolder(at: path)
    }
    do {
      let session = RunSession(loaded: loaded, folder: folder, drawsProgress: !isQuiet)
      let finished = try session.run()
      if !isQuiet { try print(finished, of: loaded, in: folder) }
      return .done
    } catch {
      folder?.discard()
      throw error
    }
  }

  private func print(
    _ finished: FinishedRun, of loaded: LoadedScenario, in folder: ResultsFolder?
  ) throws {
    let printer = SummaryPrinter(finished: finished, model: loaded.model)
    try StandardOutput.write(printer.text(as: format))
    for trace in finished.outcome.traces {
      StandardError.write(trace.skipped.warning(of: trace.file))
    }
    if loaded.model.duration == nil, finished.outcome.unfinishedFlows > 0 {
      StandardError.write(
        "warning: \(finished.outcome.unfinishedFlows) flows can never finish: "
          + "what they wait for stays down or too slow\n")
    }
    for (name, count) in folder?.unbounded.columns ?? [] {
      StandardError.write(
        "warning: \(name) has no bounds in \(counted(count, "row")), and is left empty there; "
          + "please report it\n")
    }
    if let out { StandardError.write("Wrote \(out)\n") }
  }
}
