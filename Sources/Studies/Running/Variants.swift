// SPDX-License-Identifier: GPL-3.0-or-later
internal import Locks
internal import Scenario

/// The variants that threads of a sweep are at: each is read and checked once for all of them.
final class Variants: Sendable {
  private let study: Study
  private let most: Int
  /// The latest last.
  private let open = Guarded<[Variant]>([])

  /// Threads are at no more than `most` variants at a time.
  init(of study: Study, most: Int) {
    self.study = study
    self.most = most
  }

  /// The variant at a position: one that is open, or a new one in place of the oldest.
  func variant(at position: Int) -> Variant {
    open.withLock { open in
      let known = open.firstIndex { $0.cell.position == position }.map { open.remove(at: $0) }
      let variant = known ?? Variant(study, study.cell(position))
      open.append(variant)
      if open.count > most { open.removeFirst() }
      return variant
    }
  }
}

/// A variant whose scenario is read when the first of its runs needs it.
final class Variant: Sendable {
  let cell: Cell
  private let study: Study
  private let scenario = Guarded<LoadedScenario?>(nil)

  init(_ study: Study, _ cell: Cell) {
    self.study = study
    self.cell = cell
  }

  /// Whoever asks while it is read waits for it; where it can't be read, each is told so.
  func loaded() throws -> LoadedScenario {
    try scenario.withLock { scenario in
      if let scenario { return scenario }
      let loaded = try study.load(cell)
      scenario = loaded
      return loaded
    }
  }
}
