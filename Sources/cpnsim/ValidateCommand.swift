// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import NetworkModel
internal import Scenario
internal import Simulator
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
    [.scenario(\.scenario), .settings(\.settings)]
  }

  var scenario = ""
  var settings: [String] = []

  func run() throws -> ExitCode {
    let model = try ScenarioFile.load(path: scenario, settings: settings).model
    let surveys = try TraceSurveys(of: model)
    try StandardOutput.write("\(scenario): valid: \(contents(of: model))\n\(surveys.text)")
    return .done
  }

  private func contents(of model: Model) -> String {
    let parts = [
      (model.topology.nodes.count, "node"), (model.topology.links.count, "link"),
      (model.classes.count, "class"),
      (model.traffic.count + model.elastic.entries.count, "traffic source"),
      (model.transfers.sources.count, "transfer source"), (model.changes.count, "change"),
    ]
    // What a scenario may well be without goes unsaid.
    return parts.filter { $0.0 > 0 }.map(counted).joined(separator: ", ")
  }
}

/// What the traces of a model hold.
struct TraceSurveys {
  private(set) var all: [(file: String, survey: TraceSurvey)] = []

  /// Reads all of them, so that the error tells of each that is wrong.
  init(of model: Model) throws(InvalidTraces) {
    var errors: [TraceError] = []
    for source in model.traffic {
      do throws(TraceError) {
        switch source {
        case .trace(let trace):
          all.append((trace.file, try TraceSurvey(of: trace, in: model)))
        case .roundTrips(let trace):
          all.append((trace.file, try TraceSurvey(of: trace, in: model)))
        case .listed, .generated: break
        }
      } catch {
        errors.append(error)
      }
    }
    guard errors.isEmpty else { throw InvalidTraces(errors: errors) }
  }

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

/// The first bad line of each trace that has one.
struct InvalidTraces: ReportableError {
  var errors: [TraceError]

  var description: String { errors.map(\.description).joined(separator: "\n") }
  var exitCode: ExitCode { .wrongInput }
}

/// A number before the word for what is counted: "1 link", "20 links", "2 classes".
func counted(_ count: Int, _ word: String) -> String {
  if count == 1 { return "1 \(word)" }
  return "\(count) \(word)\(word.hasSuffix("s") ? "es" : "s")"
}
