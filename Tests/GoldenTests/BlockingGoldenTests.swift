// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Statistics
import Testing

@Suite struct BlockingGoldenTests {
  private let golden: BlockingGolden

  init() throws {
    golden = try BlockingGolden()
  }

  /// One row of each rule and table whose blocking shows in so few requests.
  @Test(arguments: [
    ("xlron", "ksp-ff", "xlron_km", 16, 80.0), ("c", "ff-ksp", "xlron_km", 16, 80),
    ("c", "ksp-ff", "gym_hops", 40, 250), ("c", "sp-ff", "xlron_first", 16, 60),
    ("gym", "sp-ff", "gym_km", 16, 50), ("xlron", "ksp-ff", "xlron_directed_spectrum", 100, 200),
    ("xlron", "ff-ksp", "xlron_directed_spectrum", 100, 250),
    ("xlron", "ksp-ff", "xlron_directed_km", 100, 250),
    ("xlron", "ksp-ff", "xlron_directed_hops", 100, 250),
  ])
  func blockingIsThatOfOtherPrograms(
    source: String, policy: String, table: String, slots: Int, load: Double
  ) throws {
    let row = try #require(
      golden.rows.first {
        ($0.source, $0.policy, $0.table) == (source, policy, table)
          && $0.slots == slots && $0.load == load
      })
    var loop = try loop(of: row)
    let measured = loop.blocking(requests: 20_000)
    let blocking = try #require(measured)
    let widths = row.halfWidth * row.halfWidth + blocking.halfWidth * blocking.halfWidth
    #expect(
      abs(blocking.mean - row.blocking) <= 3 * widths.squareRoot() / 1.96,
      "\(row): \(row.blocking), here \(blocking.mean) ± \(blocking.halfWidth)")
    // Too wide an interval would let anything pass.
    #expect(blocking.halfWidth < 0.25 * row.blocking, "\(row): ± \(blocking.halfWidth)")
  }

  private func loop(of row: BlockingGolden.Row) throws -> BlockingLoop {
    let layout = row.isElastic ? StrandLayout.oneWay : .twoWay
    var loop = BlockingLoop(
      rows: layout.rowCount(of: golden.plant), slots: row.slots, load: row.load)
    loop.router.search = row.policy == "ff-ksp" ? .channelFirst : .pathFirst
    loop.isTruncated = row.isTruncated
    var efficiencies: [Int] = []
    for paths in try golden.paths(ofTable: row.table) {
      loop.table.beginPair()
      for sites in row.policy == "sp-ff" ? paths.prefix(1) : paths[...] {
        let path = golden.fibrePath(over: sites)
        loop.table.addPath(strands: layout.rows(of: path, in: golden.plant))
        let km = path.length.value
        efficiencies.append(km <= 625 ? 4 : km <= 1250 ? 3 : km <= 2500 ? 2 : 1)
      }
    }
    if row.isElastic { loop.efficiencies = efficiencies }
    return loop
  }

  @Test(arguments: [(8.0, 10), (12, 16), (60, 64)])
  func oneFibreBlocksAsErlangSays(load: Double, channels: Int) throws {
    var loop = BlockingLoop(rows: 1, slots: channels, load: load)
    loop.table.beginPair()
    loop.table.addPath(strands: [0])
    let measured = loop.blocking(requests: 30_000)
    let blocking = try #require(measured)
    let exact = ErlangB.blocking(load: load, channels: channels)
    #expect(abs(blocking.mean - exact) <= 3 * blocking.halfWidth / 1.96)
    #expect(blocking.halfWidth < 0.2 * exact)
  }

  /// The tables list the same lengths as the path finder, which breaks ties in its own way.
  @Test(arguments: ["xlron_km", "gym_km", "xlron_directed_km"])
  func pathsAreAsShortAsThoseOfOtherPrograms(table: String) throws {
    let finder = PathFinder(golden.plant)
    for paths in try golden.paths(ofTable: table) {
      let (from, to) = (try #require(paths[0].first), try #require(paths[0].last))
      let ours = finder.shortest(from: from, to: to, count: paths.count, by: .km)
      let theirs = paths.map { golden.fibrePath(over: $0) }
      #expect(ours.map(\.length) == theirs.map(\.length))
    }
  }
}
