// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scenario
public import Session
internal import Simulator

/// Digests of a run at some 256 instants along it, the last at its end.
///
/// Rungs are equal numbers of events apart, so that one lies as near to any event as to any other.
/// Each stands behind the last event of its instant: within an instant events are one batch.
public struct DigestLadder: Equatable, Sendable {
  public var rungs: [RunMark]

  /// How many there are, but for runs of fewer events.
  public static let count = 256
  /// How many instants pass between two looks at whoever watches.
  private static let stride = 4096

  public init(rungs: [RunMark]) {
    self.rungs = rungs
  }

  /// Runs twice, for the number of events and for the rungs.
  ///
  /// Both have to be the same run.
  init(of loaded: LoadedScenario, _ watch: () -> Bool) throws {
    let first = try Self.walk(loaded, watch) { _ in true }
    let apart = max(1, Double(first.events) / Double(Self.count))
    var rungs: [RunMark] = []
    let last = try Self.walk(loaded, watch) { mark in
      if Double(mark.events) >= Double(rungs.count + 1) * apart, mark.events < first.events,
        mark.events > rungs.last?.events ?? 0
      {
        rungs.append(mark)
      }
      return true
    }
    guard first == last else { throw UnrepeatableRun(name: loaded.model.name) }
    self.rungs = rungs + [last]
  }

  /// Where a run leaves it; nil where it does not.
  func difference(from loaded: LoadedScenario, _ watch: () -> Bool) throws -> FirstDifference? {
    var passed = 0
    var before: RunMark?
    var found: FirstDifference?
    let end = try Self.walk(loaded, watch) { mark in
      while passed < rungs.count - 1, rungs[passed].time < mark.time {
        found = difference(at: passed, state: before)
        guard found == nil else { return false }
        passed += 1
      }
      before = mark
      return true
    }
    if let found { return found }
    while passed < rungs.count - 1 {
      if let found = difference(at: passed, state: before) { return found }
      passed += 1
    }
    guard let last = rungs.last, last.digest != end.digest || last.events != end.events else {
      return nil
    }
    return FirstDifference(agreed: passed > 0 ? rungs[passed - 1] : nil, differs: last, found: end)
  }

  private func difference(at rung: Int, state: RunMark?) -> FirstDifference? {
    let was = rungs[rung]
    guard was.digest != state?.digest || was.events != state?.events else { return nil }
    return FirstDifference(agreed: rung > 0 ? rungs[rung - 1] : nil, differs: was, found: state)
  }

  /// Goes through a run instant by instant, as long as `visit` wants to go on; gives its end.
  ///
  /// What comes in several batches of one time is visited once, behind the last.
  private static func walk(
    _ loaded: LoadedScenario, _ watch: () -> Bool, _ visit: (RunMark) -> Bool
  ) throws -> RunMark {
    let run = try SteppedRun(loaded)
    var steps = 0
    var pending: RunMark?
    while try run.step() {
      let mark = run.mark
      if let pending, pending.time < mark.time, !visit(pending) { return pending }
      pending = mark
      steps += 1
      if steps.isMultiple(of: stride), !watch() { throw StoppedCheck() }
    }
    if let pending, !visit(pending) { return pending }
    return try run.finish()
  }
}

/// Between which instants a run left the one that it was.
public struct FirstDifference: Equatable, Sendable {
  /// The last rung that is the same; nil where even the first is not.
  public let agreed: RunMark?
  /// The first rung that is not.
  public let differs: RunMark
  /// What there is in its place; nil where the run has ended before.
  public let found: RunMark?

  /// One line for people.
  public var text: String {
    let end = "t = \(differs.time.seconds) s, event \(differs.events)"
    guard let agreed else { return "digests differ by \(end), the first that is compared" }
    return "digests agree up to t = \(agreed.time.seconds) s, event \(agreed.events); "
      + "they differ by \(end)"
  }
}

/// A run that is not the same when it is made again.
public struct UnrepeatableRun: Error, CustomStringConvertible {
  let name: String

  public var description: String {
    "\(name) is not the same run when it is made again; please report it"
  }
}
