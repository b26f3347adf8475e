// SPDX-License-Identifier: GPL-3.0-or-later
internal import Locks
internal import Scenario
internal import YAMLReader

/// The checks of all variants of a study, done by several threads at once.
final class VariantChecks: Sendable {
  struct Result {
    var variants: [Fingerprint] = []
    var warnings: [String] = []
    var problems: [(cell: Int, text: String)] = []
  }

  private struct State {
    var next = 0
    var done = 0
    var isStopped = false
    var result = Result()
    var heard: Set<String> = []
  }

  private let study: Study
  private let inputs: StudyInputs
  private let build: String
  private let state: Guarded<State>

  /// So many are in error before the rest is let be.
  private static let mostProblems = 100

  init(_ study: Study, inputs: StudyInputs, build: String) {
    self.study = study
    self.inputs = inputs
    self.build = build
    var state = State()
    state.result.variants = Array(repeating: Fingerprint(), count: study.cellCount)
    self.state = Guarded(state)
  }

  var done: Int { state.withLock { $0.done } }

  func stop() {
    state.withLock { $0.isStopped = true }
  }

  func result() -> Result {
    state.withLock { state in
      state.result.problems.sort { $0.cell < $1.cell }
      state.result.warnings.sort()
      return state.result
    }
  }

  /// The life of one thread.
  func work() {
    while let cell = take() { check(study.cell(cell)) }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard !state.isStopped, state.next < study.cellCount else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  private func check(_ cell: Cell) {
    do {
      let loaded = try study.load(cell)
      let fingerprint = try fingerprint(of: loaded)
      state.withLock { state in
        state.done += 1
        state.result.variants[cell.position] = fingerprint
        for warning in loaded.warnings where state.heard.insert(warning).inserted {
          state.result.warnings.append(warning)
        }
      }
    } catch {
      let labels = study.description(of: cell)
      let what = (error as? ScenarioErrors).map(described) ?? "\(error)"
      let text = labels.isEmpty ? what : "with \(labels):\n\(what)"
      state.withLock { state in
        state.done += 1
        state.result.problems.append((cell.position, text))
        if state.result.problems.count >= Self.mostProblems { state.isStopped = true }
      }
    }
  }

  /// What the study sets is the study's to mend, and not the command line's.
  private func described(_ errors: ScenarioErrors) -> String {
    let lines = errors.problems.map { problem in
      let place = problem.path.description
      switch problem.place {
      case .setting(let path), .removal(let path):
        let inside = place.isEmpty || place == path ? "" : "\(place): "
        return "\(study.path): \(path): \(inside)\(problem.text)"
      case .file, .mark: return problem.description
      }
    }
    return lines.joined(separator: "\n")
  }

  private func fingerprint(of loaded: LoadedScenario) throws -> Fingerprint {
    var fingerprint = Fingerprint()
    fingerprint.combine(build)
    fingerprint.combine(loaded.seedlessJSON)
    for file in try inputs.describe(loaded) { fingerprint.combine(file) }
    return fingerprint
  }
}
