// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// What a solver said of a program.
package struct SolverAnswer: Equatable, Sendable {
  package enum State: String, Sendable {
    /// What it found is the least there is.
    case optimal
    /// Its time was over.
    case outOfTime = "out of time"
    /// There is nothing that is allowed.
    case infeasible
  }

  /// What it is called.
  package var solver: String
  package var state: State
  /// What it proved that nothing costs less than; nil where it came to none.
  package var bound: Double?
  /// The cheapest that it found, and by variable what that is; nil where it found nothing.
  package var cost: Double?
  package var values: [Double]?

  package init(
    solver: String, state: State, bound: Double? = nil, cost: Double? = nil,
    values: [Double]? = nil
  ) {
    self.solver = solver
    self.state = state
    self.bound = bound
    self.cost = cost
    self.values = values
  }
}

/// How a solver is asked; what it throws says why there is no answer.
package typealias AskSolver = (MixedProgram) throws(NoAnswer) -> SolverAnswer

/// Why a solver gave no answer, in words that go on from its name.
package struct NoAnswer: Error, Equatable, Sendable {
  package var reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}

/// How far a build is from the cheapest, as a solver tells.
package struct BuildBound: Equatable, Sendable {
  /// What channels and lines of the build cost.
  package var cost: Double
  /// What the solver was asked about, in words.
  package var scope: String
  package var answer: SolverAnswer?
  /// Why there is no answer.
  package var failure: String?
  /// Whether the build is one that the solver found.
  package var isOfSolver = false

  /// What no build costs less than.
  package var bound: Double? { answer?.bound.map { min($0, answer?.cost ?? $0) } }

  /// By how much of its own cost the build may be dearer than the cheapest; nil where nobody knows.
  package var gap: Double? {
    guard answer?.state != .infeasible, let bound else { return nil }
    // Solvers are right to a part in a million.
    guard cost - bound > 1e-6 * max(1, cost) else { return 0 }
    return (cost - bound) / cost
  }

  /// In a sentence.
  package var text: String {
    guard let answer else { return failure ?? "" }
    let start = "channels and lines: \(formatted(cost, unit: "yuan")); \(answer.solver)"
    if answer.state == .infeasible {
      return "\(start) says that no number of them is enough (\(scope))"
    }
    guard let gap, let bound else {
      return "\(start) came to no bound in its time, so nobody knows how far that is from the "
        + "cheapest (\(scope))"
    }
    let least = formatted(bound, unit: "yuan")
    let end =
      gap == 0
      ? "proves that no build costs less (\(scope))"
      : "proves that none costs less than \(least), a gap of \(Cents.percent((gap * 1e4).rounded() / 1e4)) (\(scope))"
    return "\(start) \(end)"
      + (answer.state == .outOfTime && gap > 0 ? "; its time was over" : "")
  }
}
