// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the accelerators of a job stand on its fabric, by rank.
public enum JobPlacement: Equatable, Sendable {
  /// From one accelerator on, so many apart; 1 apart they stand side by side.
  case spaced(from: Int, by: Int)
  /// Each rank has an accelerator of its own choice.
  case listed([Int])

  /// The accelerator of a rank.
  public func gpu(ofRank rank: Int) -> Int {
    switch self {
    case .spaced(let first, let step): first + rank * step
    case .listed(let gpus): gpus[rank]
    }
  }

  /// Whether two jobs of so many ranks have an accelerator in common.
  static func overlap(_ first: JobPlacement, _ count: Int, _ second: JobPlacement, _ other: Int)
    -> Bool
  {
    if case .spaced(let start, 1) = first, case .spaced(let next, 1) = second {
      return start < next + other && next < start + count
    }
    let taken = Set((0..<count).map { first.gpu(ofRank: $0) })
    return (0..<other).contains { taken.contains(second.gpu(ofRank: $0)) }
  }
}

extension TrainingJob {
  /// Whether both have some accelerators of a fabric in common.
  public func overlaps(_ other: TrainingJob) -> Bool {
    fabric == other.fabric
      && JobPlacement.overlap(placement, gpus, other.placement, other.gpus)
  }

  /// The accelerator of the first rank; behind it the others stand side by side where it is set.
  public var firstGPU: Int {
    get { placement.gpu(ofRank: 0) }
    set { placement = .spaced(from: newValue, by: 1) }
  }
}
