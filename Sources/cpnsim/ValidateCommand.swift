// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import NetworkModel
internal import Scenario
internal import Simulator
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
    StandardError.write(warningsOf: loaded)
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

extension StandardError {
  /// What a scenario asks for and hardly means.
  static func write(warningsOf loaded: LoadedScenario) {
    for warning in loaded.warnings { write(warning + "\n") }
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

/// A number before the words for what is counted: "1 link", "2 classes", "3 sources of tokens".
func counted(_ count: Int, _ words: String) -> String {
  if count == 1 { return "1 \(words)" }
  var parts = words.split(separator: " ").map(String.init)
  // The first of "sources of tokens" is what is counted, and the last of "training jobs".
  let index = parts.firstIndex(of: "of").map { $0 - 1 } ?? parts.count - 1
  parts[index] += parts[index].hasSuffix("s") ? "es" : "s"
  return "\(count) \(parts.joined(separator: " "))"
}
