// SPDX-License-Identifier: GPL-3.0-or-later

// Collectives as phases of transfers.
//
// The transfers of a phase start together, and the phase is over with the last of them. Equal
// steps in a row are one phase: every step of a ring is the same set of transfers, and a fluid
// network takes exactly n times as long for n times the bytes and n times the delays, whatever
// the paths share. Trees are pipelined in pieces without end: all edges carry at once, and the
// delays of one way from leaf to root add up.

/// Transfers of the same size that start together.
public struct CollectivePhase: Equatable, Sendable {
  public enum Pattern: Equatable, Sendable {
    /// Each rank to the next, the last to the first.
    case ring
    /// Each rank to the one whose number differs in this bit.
    case exchange(bit: Int)
    /// Each rank to its parents in two trees, or from them.
    case treeUp
    case treeDown
    /// Each rank to every other.
    case all
    /// Each rank but the last to the next.
    case next
    /// Each rank to the next and the one before.
    case neighbours
  }

  public var pattern: Pattern
  /// What each transfer moves in all.
  public var bytes: Double
  /// How often the delay of a path is paid.
  public var latencies: Int
}

extension Collective {
  /// The phases, one behind another; none where there is nothing to do.
  public var phases: [CollectivePhase] {
    guard ranks > 1, bytes > 0 else { return [] }
    let share = bytes / Double(ranks)
    switch (kind, algorithm) {
    case (.allReduce, .tree):
      let depth = Self.logarithm(ranks)
      return [.treeUp, .treeDown].map {
        CollectivePhase(pattern: $0, bytes: bytes / 2, latencies: depth)
      }
    case (.allReduce, .halvingDoubling): return halving + halving.reversed()
    case (.allReduce, .direct): return [all(share), all(share)]
    case (.allReduce, _): return ring(rounds: 2 * (ranks - 1), share)
    case (.reduceScatter, .halvingDoubling): return halving
    case (.allGather, .halvingDoubling): return halving.reversed()
    case (.allGather, .direct), (.reduceScatter, .direct): return [all(share)]
    case (.allGather, _), (.reduceScatter, _): return ring(rounds: ranks - 1, share)
    case (.allToAll, _): return [all(share)]
    case (.pointToPoint, _): return [CollectivePhase(pattern: .next, bytes: bytes, latencies: 1)]
    case (.neighbours, _):
      return [CollectivePhase(pattern: .neighbours, bytes: bytes, latencies: 1)]
    }
  }

  /// A part to every other rank, at once.
  private func all(_ share: Double) -> CollectivePhase {
    CollectivePhase(pattern: .all, bytes: share, latencies: 1)
  }

  private func ring(rounds: Int, _ share: Double) -> [CollectivePhase] {
    [CollectivePhase(pattern: .ring, bytes: Double(rounds) * share, latencies: rounds)]
  }

  /// Half of the buffer to the farthest partner, then a quarter to one half as far, and so on.
  private var halving: [CollectivePhase] {
    (0..<Self.logarithm(ranks)).map { step in
      CollectivePhase(
        pattern: .exchange(bit: ranks >> (step + 1)), bytes: bytes / Double(2 << step),
        latencies: 1)
    }
  }

  /// The logarithm to base 2, rounded up.
  static func logarithm(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}

extension CollectivePhase {
  /// Calls `body` with the ranks of each transfer, source and target.
  public func forEachTransfer(ranks: Int, _ body: (Int, Int) -> Void) {
    switch pattern {
    case .ring: for rank in 0..<ranks { body(rank, (rank + 1) % ranks) }
    case .exchange(let bit): for rank in 0..<ranks { body(rank, rank ^ bit) }
    case .treeUp: BinaryTrees(ranks: ranks).forEachEdge { body($0, $1) }
    case .treeDown: BinaryTrees(ranks: ranks).forEachEdge { body($1, $0) }
    case .all:
      for rank in 0..<ranks {
        for shift in 1..<ranks { body(rank, (rank + shift) % ranks) }
      }
    case .next: for rank in 1..<ranks { body(rank - 1, rank) }
    case .neighbours:
      for rank in 1..<ranks {
        body(rank - 1, rank)
        body(rank, rank - 1)
      }
    }
  }
}
