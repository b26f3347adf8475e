// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

/// Each run is in one shard, whatever their number.
@Suite struct ShardTests {
  @Test(arguments: [1, 2, 3, 7, 40])
  func partsAreApartAndComplete(count: Int) throws {
    let bench = try Bench()
    for (replications, least) in [("seeds: 6", 6), ("until: {metric: m, relative: 1 %}", 1)] {
      let study = try bench.study(
        """
        study: s
        scenario: tiny.yaml
        \(replications)
        axes: [{name: x, path: duration, range: {from: 1 s, to: 12 s, step: 1 s}}]
        """)
      var sizes = Array(repeating: 0, count: count)
      for cell in 0..<study.cellCount {
        for seed in 1...least {
          let owners = (1...count).filter {
            Shard(index: $0, count: count).has(cell: cell, seed: seed, of: study)
          }
          #expect(owners.count == 1)
          sizes[owners[0] - 1] += 1
        }
      }
      let mean = Double(12 * least) / Double(count)
      #expect(sizes.allSatisfy { abs(Double($0) - mean) < Double(least) })
    }
  }

  @Test(arguments: ["0/3", "4/3", "1/0", "1", "a/b", "1/2/3", "-1/2", "1/1000001"])
  func whatIsNoShardIsNone(text: String) {
    #expect(Shard(text) == nil)
  }
}
