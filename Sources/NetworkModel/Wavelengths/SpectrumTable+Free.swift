// SPDX-License-Identifier: GPL-3.0-or-later

extension SpectrumTable {
  /// The runs of slots that are free on all of some strands and hold so many, from the lowest on.
  package func freeRuns(on strands: ArraySlice<Int32>, holding count: Int) -> [Range<Int>] {
    FreeSlots.with(self) { free in
      free.load(strands, of: self)
      var runs: [Range<Int>] = []
      var place = 0
      while let start = free.next(from: place) {
        place = free.nextTaken(from: start)
        if place - start >= count { runs.append(start..<place) }
      }
      return runs
    }
  }
}
