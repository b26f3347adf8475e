// SPDX-License-Identifier: GPL-3.0-or-later

/// The search for the first of several states that is bad, by halving.
///
/// The state before all of them is good and the last one is bad. One that can't be judged is passed
/// over: where such lie before the first that is known to be bad, it may be any of these.
public struct Bisection: Sendable {
  public enum Verdict: Sendable {
    case good, bad, unknown
  }

  /// All up to here are good.
  private var good = -1
  /// This one is bad.
  private var bad: Int
  private var unknown: Set<Int> = []

  /// - Precondition: There is at least one state.
  public init(count: Int) {
    precondition(count > 0, "nothing is searched")
    bad = count - 1
  }

  /// Which state to judge next; nil where the search is over.
  public var next: Int? {
    let open = (good + 1..<bad).filter { !unknown.contains($0) }
    return open.isEmpty ? nil : open[open.count / 2]
  }

  public mutating func record(_ state: Int, _ verdict: Verdict) {
    switch verdict {
    case .good: good = max(good, state)
    case .bad: bad = min(bad, state)
    case .unknown: unknown.insert(state)
    }
  }

  /// The states of which one is the first that is bad, the last of them for sure.
  public var suspects: ClosedRange<Int> { good + 1...bad }

  /// How many states may have to be judged yet, at most.
  public var left: Int {
    let open = (good + 1..<bad).count { !unknown.contains($0) }
    return Int.bitWidth - open.leadingZeroBitCount
  }
}
