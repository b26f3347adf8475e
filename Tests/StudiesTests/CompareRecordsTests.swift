// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Studies

/// What is compared of a study is what its runs gave, and not what stands in a table.
@Suite struct CompareRecordsTests {
  private static let study = """
    study: s
    scenario: tiny.yaml
    seeds: 4
    axes:
      - {name: rate, path: '\(Bench.rate)', values: [10 /s, 20 /s]}

    """

  private func side(_ bench: Bench) throws -> ComparedSide {
    try ComparedSide(study: "\(bench.path)/out")
  }

  @Test func aTableThatWasChangedIsAnError() throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study)
    #expect(try side(bench).notes.isEmpty)
    let table = try bench.text("out/wide.csv")
    var rows = table.split(separator: "\n").map(String.init)
    let column = try #require(rows[0].split(separator: ",").firstIndex(of: "flows_started"))
    var fields = rows[3].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let old = fields[column]
    fields[column] = "7.5"
    rows[3] = fields.joined(separator: ",")
    try bench.write(rows.joined(separator: "\n") + "\n", to: "out/wide.csv")
    let error = try #require(throws: ChangedTable.self) { _ = try side(bench) }
    #expect(error.description.contains("run 3: found 7.5 for flows_started, expected \(old).0 as"))
    try bench.write(rows.dropLast().joined(separator: "\n") + "\n", to: "out/wide.csv")
    #expect(throws: (any Error).self) { _ = try side(bench) }
    try bench.write(table, to: "out/wide.csv")
    #expect(try side(bench).variants.map(\.runs.count) == [4, 4])
  }

  /// A longer axis or another one, run by shards: the numbers of runs are others than in the table.
  @Test(arguments: [
    study.replacing("[10 /s, 20 /s]", with: "[5 /s, 10 /s, 20 /s]"),
    study.replacing("seeds: 4", with: "seeds: 5"),
    study + "  - {name: length, path: duration, values: [1 s]}\n",
  ])
  func aStudyThatHasGrownSaysSo(grown: String) throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study)
    let plan = try bench.plan(grown)
    let folder = StudyFolder("\(bench.path)/out")
    _ = try Sweep(plan, into: folder).run { _ in true }
    let error = try #require(throws: OldTables.self) { _ = try side(bench) }
    #expect(error.description.contains("out/wide.csv is older than the records"))
    #expect(error.description.contains("study.yaml --out \(bench.path)/out --gather"))
    _ = try StudyTables(plan, of: folder).write()
    #expect(try side(bench).variants.joined(\.runs.count) == plan.study.mostRuns)
  }

  @Test func runsThatWereDoneSinceCount() throws {
    let bench = try Bench()
    let plan = try bench.plan(Self.study)
    let folder = StudyFolder("\(bench.path)/out")
    for index in 1...2 {
      var options = Sweep.Options()
      options.shard = try #require(Shard("\(index)/2"))
      _ = try Sweep(plan, into: folder, options).run { _ in true }
      if index == 1 { _ = try StudyTables(plan, of: folder).write() }
      let runs = try side(bench).variants.joined(\.runs.count)
      #expect(runs == 4 * index)
    }
    let late = try side(bench)
    _ = try StudyTables(plan, of: folder).write()
    let whole = try side(bench)
    #expect(
      late.variants.map { $0.runs.map(\.values) } == whole.variants.map { $0.runs.map(\.values) })
  }

  /// Published results may be tables alone.
  @Test func tablesAloneAreTakenAsTheyAre() throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study)
    try FileManager.default.removeItem(atPath: "\(bench.path)/out/records")
    let side = try side(bench)
    #expect(side.variants.map(\.runs.count) == [4, 4])
    #expect(side.notes == ["\(bench.path)/out has no records: its tables are taken as they are"])
  }

  /// The same run cannot have two values: a note says which metric does.
  @Test func equalDigestsWithOtherValuesAreTold() throws {
    func side(_ name: String, _ value: Double) -> ComparedSide {
      ComparedSide(
        name: name, about: "", metrics: [ComparedMetric("fct_mean")],
        variants: [
          ComparedVariant(runs: [ComparedRun(seed: 1, digest: "0a", values: [value])])
        ])
    }
    let same = try Comparison(side("a", 1), side("b", 1), ComparisonRules())
    #expect(same.notes == [])
    let other = try Comparison(side("a", 1), side("b", 2), ComparisonRules())
    #expect(other.notes.count == 1)
    #expect(
      other.notes.first?.hasPrefix("runs of equal digests have other values of fct_mean") == true)
  }
}

extension [ComparedVariant] {
  fileprivate func joined(_ count: (ComparedVariant) -> Int) -> Int { map(count).reduce(0, +) }
}
