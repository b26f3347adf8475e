// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Measuring
import NetworkModel
import Statistics

/// The two tables that the program prints.
struct BlockingStudy {
  let data: GoldenData
  let requests: Int
  let seed: UInt64
  let isCSV: Bool

  /// Requests a second by rule and load, with 80 channels and five paths, and elastic.
  func measureSpeed() throws {
    let table = PrintedTable(
      [
        "assignment", "search", "table", "slots", "load", "requests/s", "blocking", "half-width",
        "no channel", "no continuity",
      ],
      isCSV: isCSV)
    let firstFits: [(String, String, Double)] = [
      ("ksp-ff", "xlron_km", 420), ("ksp-ff", "xlron_km", 460), ("ksp-ff", "xlron_hops", 460),
      ("ff-ksp", "xlron_km", 460), ("sp-ff", "xlron_first", 420),
      ("ksp-ff", "xlron_directed_spectrum", 200),
    ]
    for (policy, name, load) in firstFits {
      try measure(.firstFit, row(policy, name, load: load), in: table)
    }
    for assignment in ChannelAssignment.allCases.dropFirst() {
      try measure(assignment, row("ksp-ff", "xlron_km", load: 460), in: table)
    }
  }

  private func row(_ policy: String, _ table: String, load: Double) -> GoldenData.Row {
    let isElastic = table.contains("directed")
    return GoldenData.Row(
      source: "", isElastic: isElastic, policy: policy, table: table, isTruncated: false,
      slots: isElastic ? 100 : 80, load: load, blocking: 0, halfWidth: 0)
  }

  private func measure(
    _ assignment: ChannelAssignment, _ row: GoldenData.Row, in table: PrintedTable
  ) throws {
    var recipe = try recipe(of: row)
    recipe.router.assignment = assignment
    var loop = RequestLoop(recipe, plant: data.plant)
    let start = cpuSeconds()
    guard let blocking = loop.blocking(requests: requests) else { return }
    let rate = 1.1 * Double(requests) / (cpuSeconds() - start)
    table.row([
      assignment.rawValue, recipe.router.search.rawValue, row.table, "\(row.slots)",
      fixed(row.load, 0), fixed(rate, 0), fixed(blocking.mean, 6), fixed(blocking.halfWidth, 6),
      "\(loop.lackedChannel)", "\(loop.lackedContinuity)",
    ])
  }

  /// Every row of the goldens, beside what comes out here.
  func compare() throws {
    let table = PrintedTable(
      [
        "source", "rule", "table", "holding", "slots", "load", "golden", "here", "half-width",
        "difference", "gate", "verdict",
      ],
      isCSV: isCSV)
    var failures = 0
    for row in data.rows {
      var loop = RequestLoop(try recipe(of: row), plant: data.plant)
      guard let here = loop.blocking(requests: requests) else { continue }
      let widths = row.halfWidth * row.halfWidth + here.halfWidth * here.halfWidth
      let gate = 3 * widths.squareRoot() / 1.96
      let difference = here.mean - row.blocking
      let isRight = abs(difference) <= gate
      failures += isRight ? 0 : 1
      table.row([
        row.source, row.policy, row.table, row.isTruncated ? "truncated" : "exponential",
        "\(row.slots)", fixed(row.load, 0), fixed(row.blocking, 6), fixed(here.mean, 6),
        fixed(here.halfWidth, 6), fixed(difference, 6), fixed(gate, 6), isRight ? "pass" : "FAIL",
      ])
    }
    guard failures > 0 else { return }
    Words.stop("\(failures) of \(data.rows.count) rows are beyond their gate")
  }

  private func recipe(of row: GoldenData.Row) throws -> RequestLoop.Recipe {
    RequestLoop.Recipe(
      paths: try data.paths(ofTable: row.table), layout: row.isElastic ? .oneWay : .twoWay,
      slots: row.slots, load: row.load, isElastic: row.isElastic, isTruncated: row.isTruncated,
      router: LightRouter(search: row.policy == "ff-ksp" ? .channelFirst : .pathFirst),
      pathLimit: row.policy == "sp-ff" ? 1 : .max, seed: seed)
  }
}
