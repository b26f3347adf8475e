// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

@Suite struct EngineHolesTests {
  @Test func whatLacksIsFoundShardByShard() throws {
    let sample = try EngineSample()
    for index in [1, 3, 4] { try sample.sweep(Shard(index: index, count: 4)) }
    let holes = try Holes(in: sample.plan, of: sample.out, shards: 4)
    #expect(holes.done == 9 && holes.missing == 3 && holes.failed == 0)
    #expect(holes.shards == [2])
    #expect(holes.text.hasPrefix("3 of 12 runs missing, 0 failed\n  size 1 MB: seed 2\n"))
    try sample.sweep(Shard(index: 2, count: 4))
    let whole = try Holes(in: sample.plan, of: sample.out)
    #expect(whole.isEmpty && whole.text.isEmpty && whole.shards.isEmpty)
    #expect(whole.run_s.map { $0 > 0 } == true)
  }

  /// Whatever the division, each run is of the shard that the sweep takes it for.
  @Test(arguments: [1, 2, 3, 5, 12, 40])
  func shardsDivideTheRuns(count: Int) throws {
    let study = try EngineSample().study
    for cell in 0..<study.cellCount {
      for seed in 1...4 {
        let owners = (1...count).filter {
          Shard(index: $0, count: count).has(cell: cell, seed: seed, of: study)
        }
        #expect(owners == [Shard.index(ofCell: cell, seed: seed, count: count, in: study)])
      }
    }
  }

  /// Where a rule ends each variant, shards have whole variants.
  @Test func shardsOfVariantsThatARuleEnds() throws {
    let sample = try EngineSample("until: {metric: fct_mean, relative: 1 %, at_most: 20}")
    let before = try Holes(in: sample.plan, of: sample.out, shards: 3)
    #expect(before.shards == [1, 2, 3] && before.done == 0)
    for index in [2, 3] { try sample.sweep(Shard(index: index, count: 3)) }
    let between = try Holes(in: sample.plan, of: sample.out, shards: 3)
    #expect(between.shards == [1] && between.missing == 1)
    try sample.sweep(Shard(index: 1, count: 3))
    #expect(try Holes(in: sample.plan, of: sample.out, shards: 3).isEmpty)
  }

  /// No further run begins once it is said; those that have begun are kept.
  @Test func anEarlyEndKeepsWhatIsDone() throws {
    let sample = try EngineSample("seeds: 50")
    let begun = Count()
    var options = Sweep.Options()
    options.endsEarly = { begun.next() > 20 }
    let error = #expect(throws: UnfinishedStudy.self) {
      _ = try Sweep(sample.plan, into: sample.out, options).run { _ in true }
    }
    #expect(error?.done == 20 && error?.of == 150)
    #expect(try Holes(in: sample.plan, of: sample.out).done == 20)
    try sample.sweep()
    #expect(try Holes(in: sample.plan, of: sample.out).isEmpty)
  }

  /// A sweep that had nothing left to begin has ended as any other.
  @Test func anEarlyEndBehindTheLastRunIsNone() throws {
    let sample = try EngineSample()
    let begun = Count()
    var options = Sweep.Options()
    options.endsEarly = { begun.next() > 12 }
    let end = try Sweep(sample.plan, into: sample.out, options).run { _ in true }
    #expect(end.done == 12)
  }

  @Test func numbersAreWrittenAsRanges() {
    #expect(NumberRanges.text([1, 2, 3, 5, 8, 9]) == "1-3,5,8-9")
    #expect(NumberRanges.text([]).isEmpty)
  }
}
