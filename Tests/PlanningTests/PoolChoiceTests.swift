// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Planning

@Suite struct PoolChoiceTests {
  /// The minute at which a job comes, its accelerators, and the minutes that it runs.
  private static let jobs = [
    (366, 3, 180), (196, 5, 60), (14, 4, 180), (465, 1, 20), (87, 8, 60), (20, 7, 60),
    (58, 4, 20), (603, 6, 180), (176, 4, 180), (371, 6, 180), (288, 6, 180), (87, 8, 20),
    (494, 8, 180), (657, 3, 20), (182, 6, 180), (532, 4, 180), (117, 2, 20), (436, 1, 180),
    (282, 5, 180), (338, 2, 60), (295, 5, 60), (562, 4, 60), (153, 2, 180), (122, 8, 20),
    (336, 3, 180), (606, 2, 60),
  ]

  /// Once the second pool has given back what it can, the first can give one back too: 3 and 4 are
  /// enough, and 4 and 4 were bought.
  @Test func aPoolIsAskedAgainWhenAnotherHasGivenBack() throws {
    let list = Self.jobs.enumerated().map { number, job in
      "{job: j\(number), submit: \(job.0) min, accelerators: \(job.1), run: \(job.2) min}"
    }
    let sample = try BuildSample(
      """
      scenario: s
      duration: 24 h
      network:
        links: [{name: ab, from: a, to: b, capacity: 10 Gbps, delay: 1 ms, two_way: true}]
      pools:
        list:
          - {name: p0, at: a, accelerator: H800, count: 8, queue: easy}
          - {name: p1, at: b, accelerator: H800, count: 16, queue: easy}
      placement: least-loaded
      traffic: [{jobs: {name: e, from: a, list: [\(list.joined(separator: ", "))]}}]
      """,
      """
      levels: [{metric: job_wait_max, at_most: 600}]
      build: {accelerators: {price: 2, pools: [p0, p1], step: 1}}
      """)
    let year = try #require(try PlanSearch(sample.plan, jobs: 1) { _ in true }.years()?.first)
    #expect(year.build.accelerators == ["p0": 3, "p1": 4])
    #expect(year.levels.allSatisfy { $0.holds })
  }
}
