// SPDX-License-Identifier: GPL-3.0-or-later
internal import Locks

/// The runs of a shard that are still to do, handed out to several threads.
///
/// A piece is some seeds of one variant, so that a thread reads a scenario once for all of them:
/// large while there is much to do, small at the end, so that no thread waits long for the last.
final class Agenda: Sendable {
  struct Piece {
    var cell: Int
    /// Empty where the rule of the study says which seeds a variant needs.
    var seeds: [Int]
  }

  private struct State {
    /// The next variant and the next of its seeds.
    var cell = 0
    var seed = 1
    var left: Int
    var isStopped = false
    /// Whether a run was not begun because no further one may.
    var isCut = false
    var failed = 0
    var done = 0
  }

  private let plan: StudyPlan
  private let shard: Shard
  private let earlier: RecordIndex
  private let jobs: Int
  private let isClosed: @Sendable () -> Bool
  private let state: Guarded<State>
  /// The runs of the shard that were done before.
  let doneBefore: Int
  /// The runs that the shard has, at most.
  let most: Int

  /// `isClosed` says whether no further run may begin.
  init(
    _ plan: StudyPlan, shard: Shard, earlier: RecordIndex, jobs: Int,
    isClosed: @escaping @Sendable () -> Bool
  ) {
    self.plan = plan
    self.shard = shard
    self.earlier = earlier
    self.jobs = jobs
    self.isClosed = isClosed
    var (done, trapped, most) = (0, 0, 0)
    for cell in 0..<plan.study.cellCount {
      for seed in 1...plan.study.replications.most
      where shard.has(cell: cell, seed: seed, of: plan.study) {
        most += 1
        let identity = plan.identity(of: cell, seed: seed)
        if earlier.isDone(identity) == true { done += 1 }
        if earlier.isTrapped(identity) { trapped += 1 }
      }
    }
    (doneBefore, self.most) = (done, most)
    state = Guarded(State(left: most - done - trapped, failed: trapped))
  }

  var progress: (done: Int, failed: Int) { state.withLock { ($0.done, $0.failed) } }

  var isStopped: Bool { state.withLock { $0.isStopped } }

  var isCut: Bool { state.withLock { $0.isCut } }

  /// Whether one more run may begin; asked for each that there is to do.
  func mayBegin() -> Bool {
    guard isClosed() else { return true }
    state.withLock { $0.isCut = true }
    return false
  }

  func stop() {
    state.withLock { $0.isStopped = true }
  }

  func count(failed: Bool) {
    state.withLock { state in
      if failed { state.failed += 1 } else { state.done += 1 }
    }
  }

  /// What to do next; nil where nothing is left.
  func next() -> Piece? {
    state.withLock { state in
      guard !state.isStopped else { return nil }
      switch plan.study.replications {
      case .seeds(let seeds): return nextSeeds(&state, of: seeds)
      case .until: return nextCell(&state)
      }
    }
  }

  private func nextCell(_ state: inout State) -> Piece? {
    while state.cell < plan.study.cellCount {
      defer { state.cell += 1 }
      if shard.has(cell: state.cell, seed: 1, of: plan.study) {
        return Piece(cell: state.cell, seeds: [])
      }
    }
    return nil
  }

  private func nextSeeds(_ state: inout State, of seeds: Int) -> Piece? {
    let most = max(1, state.left / (jobs * 8))
    while state.cell < plan.study.cellCount {
      var piece = Piece(cell: state.cell, seeds: [])
      while state.seed <= seeds, piece.seeds.count < most {
        if isOpen(state.cell, state.seed) { piece.seeds.append(state.seed) }
        state.seed += 1
      }
      if state.seed > seeds { (state.cell, state.seed) = (state.cell + 1, 1) }
      guard piece.seeds.isEmpty else {
        state.left -= piece.seeds.count
        return piece
      }
    }
    return nil
  }

  /// Whether this shard has a run that is not done; one that failed is tried again, unless it trapped.
  private func isOpen(_ cell: Int, _ seed: Int) -> Bool {
    shard.has(cell: cell, seed: seed, of: plan.study)
      && !earlier.isSettled(plan.identity(of: cell, seed: seed))
  }
}
