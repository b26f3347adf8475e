// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Traces

/// The external merge sort against the sort of a list, over limits from a record to all of them.
@Suite struct TraceSorterTests {
  private static func jobs(_ count: Int, seed: UInt64) -> [TraceJob] {
    var stream = RandomStream(seed: seed, name: "sorter")
    return (0..<count).map { index in
      TraceJob(
        name: String(repeating: "n", count: Int.random(in: 0..<40, using: &stream)) + "\(index)",
        time: SimTime(nanoseconds: Int64.random(in: 0..<Int64(count / 3 + 1), using: &stream)),
        processors: index % 3 == 0 ? nil : index, runTime: nil,
        requestedTime: SimDuration(nanoseconds: Int64(index)))
    }
  }

  private func sorted(_ jobs: [TraceJob], limit: Int) throws -> [[TraceJob]] {
    let sorter = TraceSorter<TraceJob>(of: "t", limit: limit)
    var rest = jobs[...]
    return try (0..<2).map { _ in
      var found: [TraceJob] = []
      while let job = try sorter.next(reading: { rest.popFirst() }) { found.append(job) }
      sorter.rewind()
      return found
    }
  }

  // A limit of 1 byte makes a run of each record, and so more runs than are merged at once.
  @Test(arguments: [1, 200, 5_000, 1 << 20], [0, 1, 2, 1_000]) func isAStableSort(
    limit: Int, count: Int
  ) throws {
    let jobs = Self.jobs(count, seed: UInt64(limit))
    let expected = jobs.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    #expect(try sorted(jobs, limit: limit) == [expected, expected])
  }

  @Test func aRecordMayBeLargerThanABuffer() throws {
    let long = String(repeating: "x", count: 700_000)
    let jobs = (0..<5).map { index in
      TraceJob(
        name: long + "\(index)", time: SimTime(nanoseconds: Int64(5 - index)), processors: 1,
        runTime: nil, requestedTime: nil)
    }
    #expect(try sorted(jobs, limit: 1)[1] == jobs.reversed())
  }
}
