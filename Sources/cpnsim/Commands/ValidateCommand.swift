// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Scenario
internal import Session
internal import Simulator
internal import Text
internal import Traces
internal import Traffic

/// `cpnsim validate`: checks a scenario and its traces to their ends, and simulates nothing.
struct ValidateCommand: Command {
  static let name = "validate"
  static let abstract = "Check a scenario and every row of its traces."
  static let discussion = """
    All problems of the scenario are reported at once, and then the first bad line of each trace. \
    A run reads its traces as it goes, and would find a bad line only when it gets there.
    """
  static let examples = [
    Example("cpnsim validate Scenarios/ring.yaml", "Check a scenario."),
    Example(
      "cpnsim validate Scenarios/ring.yaml --set 'duration=1 min'", "Check it with a value changed."
    ),
  ]
  static var parameters: [Parameter<Self>] {
    [.scenario(\.scenario), .settings(\.settings), .removals(\.removals)]
  }

  var scenario = ""
  var settings: [String] = []
  var removals: [String] = []

  func run() throws -> ExitCode {
    let loaded = try ScenarioFile.load(path: scenario, settings: settings, removing: removals)
    StandardError.write(warnings: loaded.warnings)
    let surveys = try TraceSurveys(of: loaded.model)
    let contents = loaded.contents.map(\.text).joined(separator: ", ")
    try StandardOutput.write("\(scenario): valid: \(contents)\n\(surveys.text)")
    return .done
  }
}

extension LoadedScenario.Content {
  /// "4 traffic sources (2 generators, 1 training job, 1 list of 3 flows)".
  var text: String {
    let own = counted(count, noun)
    if noun == "list" { return own + " of " + parts.map(\.text).joined(separator: ", ") }
    guard !parts.isEmpty else { return own }
    return "\(own) (\(parts.map(\.text).joined(separator: ", ")))"
  }
}

extension TraceSurveys {
  /// One line a trace.
  var text: String {
    all.map { file, survey in
      let last = survey.lastStart.map { ", the last at \(Cell.instant($0).shown)" } ?? ""
      let flows = counted(survey.flows, "flow")
      let skipped = survey.skipped.count
      let left = skipped > 0 ? ", \(counted(skipped, "line")) skipped" : ""
      return "\(file): valid: \(flows), \(formatted(bytes: survey.bytes))\(last)\(left)\n"
    }.joined()
  }
}
