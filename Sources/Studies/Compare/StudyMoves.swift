// SPDX-License-Identifier: GPL-3.0-or-later

/// What moved most between one run of a study and the same of another, where both keep their tables.
public enum StudyMoves {
  /// Flows, jobs and links of the run in which that metric moved most whose mean moved by the largest
  /// part; nothing where either study keeps no folders of its runs.
  public static func all(
    _ comparison: Comparison, _ baseline: ComparedSide, _ candidate: ComparedSide
  ) throws -> [Moves] {
    let finite = comparison.mostMoved.filter { $0.share.isFinite }
    guard let most = finite.max(by: { abs($0.share) < abs($1.share) }),
      let first = folder(of: most, in: baseline), let second = folder(of: most, in: candidate)
    else { return [] }
    let variant = comparison.place(most.labels)
    return try FolderMoves.all(first, second).map { moves in
      var moves = moves
      moves.of = (variant.isEmpty ? "" : variant + ", ") + "seed \(most.pair.seed)"
      return moves
    }
  }

  private static func folder(of moved: MostMoved, in side: ComparedSide) -> String? {
    let variant = side.variants.first { $0.labels == moved.labels }
    let run = variant?.runs.first { $0.seed == moved.pair.seed }
    return run?.folder.map { "\(side.name)/\($0)" }
  }
}
