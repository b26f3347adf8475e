// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Locks
import Testing

@testable import Studies

/// A folder becomes that of a study, whoever else is at it and wherever an earlier process ended.
@Suite struct StudyFolderTests {
  private static let study = """
    study: s
    scenario: tiny.yaml
    seeds: 2
    axes:
      - {name: rate, path: '\(Bench.rate)', values: [10 /s, 20 /s]}

    """

  /// No process has it.
  private static let noProcess = 999_999_999

  /// What a process that is killed leaves, by this program or an earlier one.
  @Test(arguments: [
    [], ["records/"], ["records/", ".plan.txt.partial-\(noProcess)"], ["records/", "plan.txt"],
    [".study.json.partial-\(noProcess)"], ["study.json"],
    ["study.json", ".plan.txt.partial-\(noProcess)"], ["study.json", "plan.txt"],
    ["study.json", "plan.txt", "records/"], ["records/", "records/1-of-1.records", "plan.txt"],
  ])
  func aFolderThatWasNotFinishedIsTakenOn(names: [String]) throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study, out: "peace")
    let files = FileManager.default
    try files.createDirectory(atPath: "\(bench.path)/out", withIntermediateDirectories: false)
    for name in names {
      if name.hasSuffix("/") {
        try files.createDirectory(
          atPath: "\(bench.path)/out/\(name)", withIntermediateDirectories: false)
      } else if name.hasPrefix(".") || name.hasPrefix("records") {
        try bench.write("", to: "out/\(name)")
      } else {
        try bench.write(bench.text("peace/\(name)"), to: "out/\(name)")
      }
    }
    #expect(try bench.sweep(Self.study).done == 4)
    for table in ["study.json", "plan.txt", "results.csv", "wide.csv", "summary.csv"] {
      #expect(try bench.text("out/\(table)") == bench.text("peace/\(table)"))
    }
    let left = try files.contentsOfDirectory(atPath: "\(bench.path)/out")
    #expect(left.filter { $0.hasPrefix(".") } == [])
  }

  /// Names of ours with what is not ours in them, and other names.
  @Test(arguments: [("plan.txt", "buy bread\n"), ("records/song.ogg", ""), ("notes.txt", "x")])
  func aFolderOfSomethingElseIsNot(name: String, text: String) throws {
    let bench = try Bench()
    try FileManager.default.createDirectory(
      atPath: "\(bench.path)/out/records", withIntermediateDirectories: true)
    try bench.write(text, to: "out/\(name)")
    #expect(throws: NoStudyFolder.self) { _ = try bench.sweep(Self.study) }
    #expect(try bench.text("out/\(name)") == text)
    #expect(!FileManager.default.fileExists(atPath: "\(bench.path)/out/study.json"))
  }

  @Test func manyMayBeginAtOnce() throws {
    let bench = try Bench()
    let plan = try bench.plan(Self.study)
    let errors = Guarded<[String]>([])
    for round in 0..<100 {
      let folder = StudyFolder("\(bench.path)/out\(round)")
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        do {
          try folder.prepare(for: plan)
        } catch {
          errors.withLock { $0.append("\(error)") }
        }
      }
      #expect(try folder.statement()?.name == "s")
      #expect(folder.planFile()?.variants.count == 2)
    }
    #expect(errors.withLock { $0 } == [])
  }

  /// Each writes whole tables, and none takes away what another is at.
  @Test func tablesMayBeMadeTwiceAtOnce() throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study)
    let plan = try bench.plan(Self.study)
    let tables = ["results.csv", "wide.csv", "summary.csv", "datapackage.json"]
    let before = try tables.map { try bench.text("out/\($0)") }
    let out = StudyFolder("\(bench.path)/out")
    let errors = Guarded<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 40) { _ in
      do {
        _ = try StudyTables(plan, of: out).write()
      } catch {
        errors.withLock { $0.append("\(error)") }
      }
    }
    #expect(errors.withLock { $0 } == [])
    #expect(try tables.map { try bench.text("out/\($0)") } == before)
  }

  /// Of two studies that begin at once in one folder one has it, and the other is told.
  @Test func oneOfTwoStudiesHasTheFolder() throws {
    let bench = try Bench()
    let plans = [
      try bench.plan(Self.study),
      try bench.plan(Self.study.replacing("study: s", with: "study: other")),
    ]
    for round in 0..<50 {
      let folder = StudyFolder("\(bench.path)/out\(round)")
      let ends = Guarded<[(name: String, error: (any Error)?)]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { place in
        let plan = plans[place % 2]
        do {
          try folder.prepare(for: plan)
          ends.withLock { $0.append((plan.study.name, nil)) }
        } catch {
          ends.withLock { $0.append((plan.study.name, error)) }
        }
      }
      let owner = try #require(try folder.statement()?.name)
      for end in ends.withLock({ $0 }) {
        #expect(end.name == owner ? end.error == nil : end.error is OtherStudy)
      }
    }
  }
}
