// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Testing

@testable import Scheduling

/// Start times against those of other programs.
@Suite struct QueueGoldenTests {
  /// A file of the golden data and the number of accelerators that it is for.
  private static let files = [
    ("toy10", 8), ("syn_exact_16x300_s11", 16), ("syn_slack_64x500_s31", 64),
    ("syn_over_64x1000_s13", 64),
  ]

  private static let rules: [String: QueueRule] = [
    "start_fcfs": .fcfs, "start_sjf": .sjf, "start_ljf": .ljf, "start_easy": .easy,
    "start_easy_sjbf": .easyShortest, "start_cons": .conservative,
  ]

  @Test(arguments: files) func everyJobStartsWhenOthersSay(name: String, count: Int) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().path() + "Data/\(name).csv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let header = try #require(lines.first).split(separator: ",").map(String.init)
    let rows = lines.dropFirst().map { $0.split(separator: ",").compactMap { Int64($0) } }
    let jobs = rows.enumerated().map { order, row in
      QueueCase.Job(
        order: Int64(order), submit: row[1], run: row[2], requested: row[3],
        accelerators: Int32(row[4]))
    }
    #expect(jobs.count >= 10 && header.count > 5)
    for (column, title) in header.enumerated().dropFirst(5) {
      let rule = try #require(Self.rules[title], "\(title)")
      var queue = try #require(QueueUnderTest(rule, count: count))
      var driver = QueueDriver(QueueCase(count: count, jobs: jobs))
      var stream = RandomStream(seed: 1, name: name)
      var starts: [Int: Int64] = [:]
      for step in driver.run(&queue, shuffling: &stream) { starts[step.job] = step.time }
      let wrong = rows.indices.filter { starts[$0 - rows.startIndex] != rows[$0][column] }
      #expect(wrong.isEmpty, "\(name), \(title): \(wrong.count) of \(rows.count) differ")
    }
  }
}
