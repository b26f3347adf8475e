// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Scenario
import TestSupport
import Testing

@testable import Studies

/// A folder with a small scenario and what a test writes into it; removed with the test.
final class Bench {
  private let folder: ScratchFolder
  var path: String { folder.path }

  /// Twenty flows a second over one link, for one second: no run is like another.
  static let scenario = """
    scenario: tiny
    duration: 1 s
    network:
      nodes: [{name: a}, {name: b}]
      links: [{name: l, from: a, to: b, capacity: 1 Gbps}]
    traffic:
      - generate: {name: g, from: a, to: b, arrivals: {poisson: 20 /s}, sizes: {exponential: 1 MB}}
    """

  /// What the axes of most tests vary.
  static let rate = "traffic[0].generate.arrivals.poisson"

  init() throws {
    folder = try ScratchFolder()
    try write(Self.scenario, to: "tiny.yaml")
  }

  func write(_ text: String, to name: String) throws {
    try folder.write(text, to: name)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  func study(_ text: String) throws -> Study {
    try write(text, to: "study.yaml")
    return try Study(path: "\(path)/study.yaml")
  }

  func plan(_ text: String) throws -> StudyPlan {
    try StudyPlan(try study(text), jobs: 2) { _, _ in true }
  }

  /// The problems of a study that can't be read.
  func problems(of text: String) throws -> String {
    do {
      _ = try study(text)
      return ""
    } catch {
      return "\(error)"
    }
  }

  /// Runs a study and makes its tables.
  func sweep(_ text: String, out: String = "out", jobs: Int = 2) throws -> Sweep.Progress {
    let plan = try plan(text)
    let folder = StudyFolder("\(path)/\(out)")
    var options = Sweep.Options()
    options.jobs = jobs
    let end = try Sweep(plan, into: folder, options).run { _ in true }
    _ = try StudyTables(plan, of: folder).write()
    return end
  }

  /// The rows of a table without quotes in it, each by the names of its columns.
  func rows(_ name: String) throws -> [[String: String]] {
    let lines = try text(name).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}
