// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Planning
import Results
import Scenario
import TestSupport

/// A scenario for planning, written down in a few lines.
struct PlanSample {
  private let folder: ScratchFolder
  let path: String

  init(_ text: String) throws {
    folder = try ScratchFolder()
    path = try folder.write(text + "\n", to: "s.yaml")
  }

  func scenario(_ settings: [String] = []) throws -> PlannedScenario {
    try PlannedScenario(path: path, settings: settings)
  }

  /// What a run of it says of a metric.
  func metric(_ name: String, _ settings: [String] = []) throws -> Double {
    let summary = try scenario(settings).summary([])
    return summary.rows.first { $0.metric == name }?.value ?? .nan
  }
}

/// Small numbers drawn from a seed.
struct Draws {
  private var stream: RandomStream

  init(_ seed: UInt64) {
    stream = RandomStream(seed: seed, name: "planning tests")
  }

  mutating func uniform() -> Double { stream.nextUniform() }

  mutating func below(_ count: Int) -> Int {
    min(count - 1, Int(stream.nextUniform() * Double(count)))
  }
}
