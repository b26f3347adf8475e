// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Scheduling

// Data/: allocations and simulated runs of Gavel (stanford-futuredata/gavel c4fa400, MIT licence),
// made with its own policies and simulator; objectives by HiGHS, throughputs as its authors have
// measured them (simulation_throughputs.json). Its makespans in seconds are by bisection and up to
// 3 % too long, so that those to compare with are by HiGHS too.

/// An allocation with what HiGHS finds.
struct GavelCase: Decodable {
  struct Objective: Decodable {
    var objective: Double?
    var seconds: Double?
  }

  var capacity: [Int]
  var throughput_steps_per_s: [[Double]]
  var gpus_per_job: [Int]
  var weights: [Double]
  var steps_left: [Double]
  var equal_share_throughput: [Double]
  var max_min: Objective
  var max_sum: Objective
  var min_makespan: Objective

  static func all() throws -> [GavelCase] {
    try JSONDecoder().decode([GavelCase].self, from: Data(contentsOf: url("gavel_allocation.json")))
  }

  static func url(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/\(name)")
  }

  var fleet: SharedFleet {
    SharedFleet(
      types: capacity.enumerated().map { .init(name: "type\($0)", count: $1) },
      jobs: throughput_steps_per_s.indices.map {
        .init(
          name: "job\($0)", accelerators: gpus_per_job[$0], weight: weights[$0],
          steps: steps_left[$0], speeds: throughput_steps_per_s[$0])
      })
  }

  func value(of objective: AllocationObjective) throws -> Double {
    switch objective {
    case .maxMin: try #require(max_min.objective)
    case .maxSum: try #require(max_sum.objective)
    case .minMakespan: try #require(min_makespan.seconds)
    }
  }
}

/// Jobs of a run of Gavel's simulator, and what came of them under its policies.
struct GavelRun {
  struct Row {
    var meanCompletion: Double
    var makespan: Double
    /// Hours of accelerators in the order of the types.
    var hours: [Double]
  }

  let fleet: SharedFleet
  private(set) var rows: [String: Row] = [:]

  /// With so many accelerators of each type.
  init(_ trace: String, count: Int) throws {
    fleet = SharedFleet(
      types: ["v100", "p100", "k80"].map { .init(name: $0, count: count) },
      jobs: try Self.lines("jobs_\(trace).csv").map { fields in
        let end = fields.count
        return .init(
          name: fields[0], accelerators: try #require(Int(fields[end - 6])), weight: 1,
          steps: Double(fields[end - 4]), speeds: fields[(end - 3)...].compactMap { Double($0) })
      })
    for fields in try Self.lines("gavel_sim.csv") where fields[0] == trace {
      let numbers = fields.map { Double($0) ?? .nan }
      rows[fields[1]] = Row(
        meanCompletion: numbers[8], makespan: numbers[11], hours: Array(numbers[12...14]))
    }
  }

  private static func lines(_ name: String) throws -> [[String]] {
    try String(contentsOf: GavelCase.url(name), encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
  }
}
