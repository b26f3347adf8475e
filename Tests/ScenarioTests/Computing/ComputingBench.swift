// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Simulator
import TestSupport

/// A scenario with pools as a test writes it, and what comes of it.
struct ComputingBench {
  let run: CompletedRun
  let jobs: [[String: String]]

  /// Runs the text of a scenario, with files that it reads beside it.
  init(_ text: String, files: [String: String] = [:], settings: [String] = []) throws {
    let folder = try TestSupport.ScratchFolder()
    for (name, content) in files { try folder.write(content, to: name) }
    let path = try folder.write(text, to: "s.yaml")
    let model = try ScenarioFile.load(path: path, settings: settings).model
    run = try CompletedRun(model)
    jobs = model.outputs.kinds.contains(.jobs) ? try run.rows(of: "jobs") : []
  }

  /// A column of a job; nil where it is empty.
  func value(_ job: String, _ column: String) -> Double? {
    jobs.first { $0["job_id"] == job }?[column].flatMap { Double($0) }
  }

  func text(_ job: String, _ column: String) -> String? {
    jobs.first { $0["job_id"] == job }?[column]
  }

  func start(_ job: String) -> Double? { value(job, "starting_time") }

  /// A column of a pool in energy.csv.
  func energy(_ pool: String, _ column: String) throws -> Double {
    let row = try run.rows(of: "energy").first { $0["pool"] == pool }
    return row?[column].flatMap { Double($0) } ?? .nan
  }
}
