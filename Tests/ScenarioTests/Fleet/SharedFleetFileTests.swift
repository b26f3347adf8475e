// SPDX-License-Identifier: GPL-3.0-or-later
import Scheduling
import Testing
import YAMLReader

@testable import Scenario

/// Files of jobs that share types of accelerators: what they become, and what is wrong with others.
@Suite struct SharedFleetFileTests {
  private func fleet(_ text: String) throws -> SharedFleet {
    var problems = Problems(file: "f")
    let root = try #require(Node.read(Array(text.utf8), problems: &problems))
    return try SharedFleetFile.load(root, directory: ".", problems: problems)
  }

  @Test func aListAndColumnsAreTheSameFleet() throws {
    let listed = try fleet(
      """
      accelerators: {k80: 4, v100: 1}
      jobs:
        - {name: 0, accelerators: 2, weight: 3, steps: 100, speed: {v100: 5, k80: 1.5}}
        - {name: 1, speed: {k80: 2}, steps: 7, arrival: 2 min}
      """)
    var columns = try fleet(
      """
      {"seed": 1, "gpu_types": ["k80", "v100"], "capacity": [4, 1],
       "throughput_steps_per_s": [[1.5, 5], [2, 0]], "gpus_per_job": [2, 1], "weights": [3, 1],
       "steps_left": [100, 7], "max_min": {"objective": 0.1, "gavel_ecos": 0.1}}
      """)
    columns.jobs[1].arrival = 120
    #expect(listed == columns)
    #expect(listed.jobs[0].speeds == [1.5, 5] && listed.types[0].count == 4)
  }

  private static let flaws = [
    (
      "{accelerators: {a: -1, 'b,c': 1, d: 2}, jobs: [{name: x, speed: {e: 1}}, {name: x, speed: {d: -2}}]}",
      [
        "f:1:17: accelerators.a: found -1, expected a count of 0 or more",
        "f:1:24: accelerators.b,c: found the name \"b,c\" with ; , \" or a control character",
        "f:1:66: jobs[0].speed.e: unknown type of accelerator \"e\"",
        "found -2.0, expected steps a second of 0 or more",
      ]
    ),
    (
      "{accelerators: {a: 1}, jobs: [{name: x, weight: 0, steps: 0, speed: {}}, {name: y}]}",
      [
        "jobs[0].weight: found 0, expected more than zero",
        "jobs[0].steps: found 0, expected more than zero",
        "jobs[0].speed: found an empty mapping, expected a mapping of names to values",
        "jobs[1].speed: the key is missing",
      ]
    ),
    (
      "{gpu_types: [a, b], capacity: [1], throughput_steps_per_s: [[1], [1, -1]], gpus_per_job: [1]}",
      [
        "capacity: found 1 values, expected as many as types, 2",
        "gpus_per_job: found 1 values, expected as many as jobs, 2",
        "throughput_steps_per_s[0]: found 1 speeds, expected as many as types, 2",
        "throughput_steps_per_s[1]: found -1.0, expected steps a second of 0 or more",
      ]
    ),
    (
      "{accelerators: {a: 1}, jobs: nowhere.csv}", ["jobs: the file \"nowhere.csv\" can't be read"]
    ),
    ("[{gpu_types: [a]}]", ["found a list, expected a mapping"]),
  ]

  @Test(arguments: flaws) func whatIsWrongIsSaid(text: String, expected: [String]) {
    let error = #expect(throws: ScenarioErrors.self) { try fleet(text) }
    for line in expected {
      #expect(error?.description.contains(line) == true, "\(line) in \(error?.description ?? "")")
    }
  }
}
