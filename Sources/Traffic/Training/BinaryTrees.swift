// SPDX-License-Identifier: GPL-3.0-or-later

/// Two binary trees over the same ranks: whoever has children in one has none in the other.
///
/// P. Sanders, J. Speck and J. L. Träff, "Two-tree algorithms for full bandwidth broadcast,
/// reduction and scan", Parallel Computing 35 (2009), numbered as in NCCL: in the first tree odd
/// ranks are leaves; the second is the first mirrored, or shifted by one for an odd number.
struct BinaryTrees {
  let ranks: Int

  /// Calls `body` with child and parent, for each edge of both trees.
  func forEachEdge(_ body: (Int, Int) -> Void) {
    for rank in 0..<ranks {
      guard let parent = parent(of: rank) else { continue }
      body(rank, parent)
      body(second(rank), second(parent))
    }
  }

  /// The parent in the first tree; nil for rank 0, its root.
  private func parent(of rank: Int) -> Int? {
    guard rank > 0 else { return nil }
    let bit = rank & -rank
    let parent = (rank ^ bit) | bit << 1
    return parent < ranks ? parent : rank ^ bit
  }

  /// Who stands in the second tree where a rank stands in the first.
  private func second(_ rank: Int) -> Int {
    ranks.isMultiple(of: 2) ? ranks - 1 - rank : (rank + 1) % ranks
  }
}
