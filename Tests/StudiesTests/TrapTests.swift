// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Studies

/// A run that ends the process is named in the records, and the study goes on without it.
@Suite struct TrapTests {
  private static let study = "{study: s, scenario: tiny.yaml, seeds: 4}"

  /// Begins run 7 on a thread of a sweep and ends it in some way; run 6 has ended before.
  private static func end(by fault: @escaping @Sendable () -> Void, in path: String) {
    Traps.listen()
    _ = Workers.run(
      1,
      each: { _ in
        guard let file = try? RecordFile(at: path) else { return }
        let watch = TrapWatch(of: file)
        for run: UInt128 in [6, 7] {
          watch.begins(RunIdentity(run))
          if run == 7 { fault() }
          watch.ends()
        }
      }, watch: { true })
  }

  private func records(of bench: Bench) throws -> [Records.Entry] {
    try Records(file: bench.path + "/r.records").entries
  }

  private func expectTrap(_ bench: Bench) throws {
    let entries = try records(of: bench)
    #expect(entries.map(\.identity) == [RunIdentity(7)])
    #expect(entries.map(\.kind) == [.trapped])
  }

  @Test func aFatalErrorNamesItsRun() async throws {
    let bench = try Bench()
    await #expect(processExitsWith: .signal(SIGILL)) {
      [path = (bench.path + "/r.records") as String] in
      Self.end(by: { fatalError("as a test wants it") }, in: path)
    }
    try expectTrap(bench)
  }

  @Test func aWrongAddressNamesItsRun() async throws {
    let bench = try Bench()
    await #expect(processExitsWith: .signal(SIGSEGV)) {
      [path = (bench.path + "/r.records") as String] in
      Self.end(by: { UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1 }, in: path)
    }
    try expectTrap(bench)
  }

  @Test func anAbortNamesItsRun() async throws {
    let bench = try Bench()
    await #expect(processExitsWith: .signal(SIGABRT)) {
      [path = (bench.path + "/r.records") as String] in
      Self.end(by: { abort() }, in: path)
    }
    try expectTrap(bench)
  }

  /// The handler has a stack of its own.
  @Test func aStackThatIsFullNamesItsRun() async throws {
    let bench = try Bench()
    await #expect(processExitsWith: .signal(SIGSEGV)) {
      [path = (bench.path + "/r.records") as String] in
      @Sendable func deep(_ depth: Int) -> Int { depth == .max ? 0 : deep(depth + 1) &+ depth }
      Self.end(by: { _ = deep(0) }, in: path)
    }
    try expectTrap(bench)
  }

  /// Without memory a process ends by the same signal, whichever run asked last.
  @Test func aLackOfMemoryNamesNoRun() async throws {
    let bench = try Bench()
    await #expect(processExitsWith: .signal(SIGILL)) {
      [path = (bench.path + "/r.records") as String] in
      Self.end(
        by: {
          var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
          setrlimit(__rlimit_resource_t(9), &limit)
          fatalError("as a test wants it")
        }, in: path)
    }
    #expect(try records(of: bench).isEmpty)
  }

  /// Its record comes of the process that it ended; here a test writes it.
  @Test(arguments: [1, 2])
  func theRestOfAStudyGoesOn(jobs: Int) throws {
    let bench = try Bench()
    let plan = try bench.plan(Self.study)
    let folder = StudyFolder("\(bench.path)/out")
    let trapped = plan.identity(of: 0, seed: 2)
    try folder.prepare(for: plan)
    _ = try folder.recordFile(of: .whole)
    let records = "out/records/1-of-1.records"
    let line = RecordText.line(trapped: trapped, by: "SIGILL")
    try bench.write(try bench.text(records) + line, to: records)
    for _ in 0..<2 {
      let end = try bench.sweep(Self.study, jobs: jobs)
      #expect(end.done == 3 && end.failed == 1 && end.of == 4)
      #expect(
        try bench.rows("out/wide.csv").map { $0["status"] } == ["done", "failed", "done", "done"])
      #expect(try bench.text("out/failures.csv").contains("the run ended the program by SIGILL"))
      #expect(try StudyStatus(of: folder).failed == 1)
    }
    // As its message says.
    try bench.write(try bench.text(records).replacing(line, with: ""), to: records)
    #expect(try bench.sweep(Self.study, jobs: jobs).done == 4)
  }

  /// A rule takes a run that trapped as one without a value, and does not wait for it.
  @Test func aRuleGoesOnToo() throws {
    let bench = try Bench()
    let study = """
      {study: s, scenario: tiny.yaml,
       until: {metric: flows_started, relative: 90 %, at_most: 22}}
      """
    let plan = try bench.plan(study)
    let folder = StudyFolder("\(bench.path)/out")
    try folder.prepare(for: plan)
    _ = try folder.recordFile(of: .whole)
    let records = "out/records/1-of-1.records"
    let line = RecordText.line(trapped: plan.identity(of: 0, seed: 3), by: "SIGSEGV")
    try bench.write(try bench.text(records) + line, to: records)
    let end = try bench.sweep(study)
    #expect(end.done == 19 && end.failed == 1)
  }
}
