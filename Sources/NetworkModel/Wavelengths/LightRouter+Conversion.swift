// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

extension LightRouter {
  /// Finds a block for each segment of one of the candidates; they need not be the same.
  ///
  /// With a segment for each strand this is full wavelength conversion; with a segment for each
  /// reach it is regeneration. Looking for the channel first, the path wins whose worst segment
  /// has the best block; random assignment has no best, and takes the first path with a place.
  ///
  /// `firsts` gets the first slot of each segment, and the placement that of the first of them.
  public func placeWithConversion(
    _ candidates: some Collection<Int>, of table: CandidateTable, slots: (Int) -> Int32,
    in spectrum: SpectrumTable, isDown: StrandSet, using stream: inout RandomStream,
    firsts: inout [Int32]
  ) -> PlacementOutcome {
    firsts.removeAll(keepingCapacity: true)
    var best: (path: Int, worst: ChannelChoice)?
    for path in candidates {
      let count = Int(slots(path))
      guard count > 0, !isDown.containsAny(of: table.strands(ofPath: path)) else { continue }
      let start = firsts.count
      guard
        let worst = choose(
          path, of: table, count: count, in: spectrum, using: &stream, firsts: &firsts),
        best.map({ worst.precedes($0.worst) }) ?? true
      else {
        firsts.removeSubrange(start...)
        continue
      }
      firsts.removeSubrange(..<start)
      best = (path, worst)
      if search == .pathFirst || assignment == .random { break }
    }
    guard let best, let first = firsts.first else {
      // Where every strand is a segment of its own, none can lack continuity and none is said to.
      return .blocked(reason(candidates, of: table, slots: slots, in: spectrum, isDown: isDown))
    }
    return .placed(
      ChannelPlacement(
        path: Int32(truncatingIfNeeded: best.path), first: first, count: slots(best.path)))
  }

  /// Appends a block for each segment of a path and returns the worst; nil where one has none.
  private func choose(
    _ path: Int, of table: CandidateTable, count: Int, in spectrum: SpectrumTable,
    using stream: inout RandomStream, firsts: inout [Int32]
  ) -> ChannelChoice? {
    FreeSlots.with(spectrum) { free in
      var worst: ChannelChoice?
      for segment in 0..<table.segmentCount(ofPath: path) {
        free.load(table.strands(ofPath: path, segment: segment), of: spectrum)
        guard let choice = free.choice(assignment, count: count, in: spectrum, using: &stream)
        else { return nil }
        firsts.append(Int32(truncatingIfNeeded: choice.first))
        if worst.map({ $0.precedes(choice) }) ?? true { worst = choice }
      }
      return worst
    }
  }
}
