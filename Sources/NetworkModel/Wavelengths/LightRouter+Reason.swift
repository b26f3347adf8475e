// SPDX-License-Identifier: GPL-3.0-or-later

extension LightRouter {
  /// Why no candidate has a place: the step of the search that the best of them fails at.
  func reason(
    _ candidates: some Collection<Int>, of table: CandidateTable, slots: (Int) -> Int32,
    in spectrum: SpectrumTable, isDown: StrandSet
  ) -> BlockReason {
    var reason = BlockReason.noRoute
    for path in candidates {
      let strands = table.strands(ofPath: path)
      guard !isDown.containsAny(of: strands) else { continue }
      let count = slots(path)
      guard count > 0 else {
        if reason == .noRoute { reason = .noReach }
        continue
      }
      if spectrum.hasBlock(of: Int(count), onEachOf: strands) { return .noContinuity }
      reason = .noChannel
    }
    return reason
  }
}

extension SpectrumTable {
  /// Whether each strand by itself has a free block, wherever it is.
  package func hasBlock(of count: Int, onEachOf strands: ArraySlice<Int32>) -> Bool {
    FreeSlots.with(self) { free in
      strands.indices.allSatisfy { index in
        free.load(strands[index...index], of: self)
        free.keepStarts(ofBlocks: count)
        return free.lowest != nil
      }
    }
  }
}
