// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

@Suite struct LightRouterTests {
  @Test(arguments: ChannelAssignment.allCases, ChannelSearch.allCases)
  func decisionsAreThoseOfThePlainRouter(assignment: ChannelAssignment, search: ChannelSearch) {
    var stream = RandomStream(seed: 7, name: "spectra")
    var reasons: Set<BlockReason> = []
    var placed = 0
    for _ in 0..<150 {
      let sketch = SpectrumSketch(using: &stream)
      let plain = sketch.plain(assignment, search)
      let outcome = LightRouter(assignment: assignment, search: search).place(
        0..<sketch.paths.count, of: sketch.table, slots: { Int32(sketch.counts[$0]) },
        in: sketch.spectrum, isDown: sketch.isDown, using: &stream)
      switch outcome {
      case .placed(let found):
        placed += 1
        let best = plain.best
        let isRight =
          assignment == .random
          ? plain.choices.contains { $0.isAt(found) } : best?.isAt(found) == true
        #expect(isRight, "\(found), expected \(String(describing: best))")
      case .blocked(let reason):
        reasons.insert(reason)
        #expect(plain.blocks.isEmpty && reason == plain.reason)
      }
    }
    #expect(placed > 30 && reasons == [.noRoute, .noReach, .noChannel, .noContinuity])
  }

  @Test(arguments: ChannelSearch.allCases) func randomAssignmentTakesEveryBlockAlike(
    search: ChannelSearch
  ) {
    var spectrum = SpectrumTable(rows: 2, slots: 70)
    spectrum.occupy(rows: [0] as [Int32], first: 3, count: 64)
    spectrum.occupy(rows: [1] as [Int32], first: 0, count: 69)
    var table = CandidateTable()
    table.addPath(strands: [0])
    table.addPath(strands: [1])
    var stream = RandomStream(seed: 1, name: "draws")
    var draws = [Int32: Int]()
    for _ in 0..<6000 {
      let outcome = LightRouter(assignment: .random, search: search).place(
        0..<2, of: table, slots: { _ in 1 }, in: spectrum, isDown: StrandSet(rows: 2),
        using: &stream)
      guard case .placed(let found) = outcome else { continue }
      #expect(found.path == 0)
      draws[found.first, default: 0] += 1
    }
    #expect(Set(draws.keys) == [0, 1, 2, 67, 68, 69])
    #expect(draws.values.allSatisfy { abs($0 - 1000) < 5 * 29 })
  }

  @Test func aChannelHasToBeFreeAllTheWay() {
    var spectrum = SpectrumTable(rows: 2, slots: 2)
    spectrum.occupy(rows: [0] as [Int32], first: 0, count: 1)
    spectrum.occupy(rows: [1] as [Int32], first: 1, count: 1)
    var table = CandidateTable()
    table.addPath(strands: [0, 1])
    var stream = RandomStream(seed: 1, name: "draws")
    let outcome = LightRouter().place(
      0..<1, of: table, slots: { _ in 1 }, in: spectrum, isDown: StrandSet(rows: 2), using: &stream)
    #expect(outcome == .blocked(.noContinuity))
  }
}

extension PlainRouter.Block {
  fileprivate func isAt(_ found: ChannelPlacement) -> Bool {
    path == Int(found.path) && first == Int(found.first) && count == Int(found.count)
  }
}

/// A spectrum, paths and needs at random.
private struct SpectrumSketch {
  var spectrum: SpectrumTable
  var table = CandidateTable()
  var isDown: StrandSet
  var taken: [[Bool]]
  var paths: [[Int]]
  var counts: [Int]
  var down: Set<Int>

  init(using stream: inout RandomStream) {
    let slots = Int.random(in: 1...3, using: &stream) * 45
    let rows = 6
    let fill = Double.random(in: 0.2...1.02, using: &stream)
    taken = (0..<rows).map { _ in
      var row = (0..<slots).map { _ in Double.random(in: 0..<1, using: &stream) < fill }
      // Most free slots come in runs, so that blocks of several find a place.
      for slot in row.indices.dropFirst() where Int.random(in: 0..<4, using: &stream) > 0 {
        row[slot] = row[slot - 1]
      }
      return row
    }
    spectrum = SpectrumTable(rows: rows, slots: slots)
    for row in 0..<rows {
      for slot in 0..<slots where taken[row][slot] {
        spectrum.occupy(rows: CollectionOfOne(Int32(row)), first: slot, count: 1)
      }
    }
    down = Set((0..<rows).filter { _ in Int.random(in: 0..<6, using: &stream) == 0 })
    isDown = StrandSet(rows: rows)
    for row in 0..<rows where down.contains(row) { isDown.insert(Int32(row)) }
    let number = Int.random(in: 0...3, using: &stream)
    paths = (0..<number).map { _ in
      Array((0..<rows).shuffled(using: &stream).prefix(Int.random(in: 1...3, using: &stream)))
    }
    counts = paths.map { _ in [0, 1, 1, 2, 5, 9, 68].randomElement(using: &stream) ?? 1 }
    for path in paths { table.addPath(strands: path.map(Int32.init)) }
  }

  func plain(_ assignment: ChannelAssignment, _ search: ChannelSearch) -> PlainRouter {
    PlainRouter(
      assignment: assignment, search: search, taken: taken, paths: paths, counts: counts,
      down: down)
  }
}
