// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Samples
import Testing
import Traces

@Suite struct BatsimReaderTests {
  private static let text = """
    {
      "nb_res": 4,
      "jobs": [
        {"id": "b", "subtime": 5, "res": 2, "walltime": 100, "profile": "short"},
        {"id": 1, "subtime": 0, "res": 4, "profile": "flops"},
        {"id": "c", "subtime": 1.5, "res": 1, "walltime": -1, "profile": "both"},
        {"id": "d", "subtime": 1.5, "res": 2, "profile": "total"}
      ],
      "profiles": {
        "short": {"type": "delay", "delay": 60.25},
        "flops": {"type": "parallel_homogeneous", "cpu": 5e9, "com": 0},
        "total": {"type": "parallel_homogeneous_total", "cpu": 8e9, "com": 7},
        "both": {"type": "composed", "repeat": 2, "seq": ["short", "flops"]}
      }
    }
    """

  private func jobs(
    _ text: String, _ speed: BatsimReader.Speed = .flops(1e9), _ tolerance: Tolerance = .strict
  ) throws -> [TraceJob] {
    let trace = try Trace(text)
    return try withExtendedLifetime(trace) {
      let reader = try BatsimReader(file: trace.path, speed: speed, tolerance: tolerance)
      #expect(try TraceKind(of: trace.path) == .batsim)
      return try all(reader)
    }
  }

  @Test func jobsComeInTheOrderOfTheirTimes() throws {
    let jobs = try jobs(Self.text)
    #expect(jobs.map(\.name) == ["1", "c", "d", "b"])
    #expect(jobs.map { ($0.time - .zero).seconds } == [0, 1.5, 1.5, 5])
    #expect(jobs.map { $0.runTime?.seconds } == [5, 130.5, 4, 60.25])
    #expect(jobs.map { $0.requestedTime?.seconds } == [nil, nil, nil, 100])
    #expect(jobs.map(\.processors) == [4, 1, 2, 2])
    // A time that nobody can tell is none, and the text on one line is the same workload.
    let flat = Self.text.replacingOccurrences(of: "\n", with: " ")
    #expect(try self.jobs(flat, .unknown).map { $0.runTime?.seconds } == [nil, nil, nil, 60.25])
  }

  @Test(arguments: [
    ("\"res\": 2, \"walltime\"", "\"res\": 0, \"walltime\"", "4:38: expected a whole number"),
    ("\"profile\": \"short\"}", "\"profile\": \"long\"}", "4:69: expected the name of a profile"),
    ("\"short\", \"flops\"]", "\"both\"]", "profiles that do not hold themselves, found 'both'"),
    ("\"delay\": 60.25", "\"delay\": -1", "10:41: expected a number of seconds from 0 to 9.2e9"),
    ("\"type\": \"delay\"", "\"type\": \"smpi\"", "10:14: expected a profile of type delay"),
    ("\"id\": \"b\", ", "", "4:5: expected the identifier of the job, found no id"),
    ("\"id\": \"b\"", "\"id\": \"b\\u0007\"", "a name without control characters"),
    ("\"jobs\": [", "\"jobs\": 3, \"x\": [", "1:1: expected an object with a list of jobs"),
    ("      }\n    }", "      }", "expected ',' or '}', found the end of the file"),
  ])
  func faultsHaveAPlace(old: String, new: String, expected: String) throws {
    #expect(Self.text.contains(old) || old.hasPrefix(" "))
    var text = Self.text.replacingOccurrences(of: old, with: new)
    if old.hasPrefix(" ") { text = String(Self.text.dropLast()) }
    let found = #expect(throws: TraceError.self) { try jobs(text) }
    #expect(found?.description.contains(expected) == true, "\(found?.description ?? "")")
  }

  @Test func operationsNeedASpeedAndBadJobsCanBeLeftOut() throws {
    let found = #expect(throws: TraceError.self) { try jobs(Self.text, .needed) }
    #expect(found?.description.contains("or flops: how many operations") == true)
    let spoilt = Self.text.replacingOccurrences(of: "\"res\": 4", with: "\"res\": 1.5")
    #expect(try jobs(spoilt, .flops(1e9), .lenient).count == 3)
  }
}
