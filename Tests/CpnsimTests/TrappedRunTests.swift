// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// A run that ends the program is known to the next sweep, which does the rest.
@Suite struct TrappedRunTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(
      """
      scenario: long
      duration: 4000 s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      traffic:
        - generate: {name: g, from: a, to: b, arrivals: {poisson: 40 /s}, sizes: {exponential: 1 MB}}

      """, to: "long.yaml")
    try workspace.write("{study: s, scenario: long.yaml, seeds: 3}", to: "study.yaml")
  }

  private static let records = "out/records/1-of-1.records"

  /// Begins the sweep and waits until its first run is kept and the second is under way.
  private func startSecondRun() throws -> Workspace.Child {
    // Swift's own handler prints where all threads are, and takes a signal that was sent as heard.
    let child = try workspace.start(
      ["sweep", "study.yaml", "--out", "out", "--jobs", "1"],
      with: ["SWIFT_BACKTRACE=enable=no"])
    // No longer than two minutes, should there never be one.
    for _ in 0..<60_000 {
      if (try? workspace.text(of: Self.records))?.contains("\ndone\t") == true { break }
      usleep(2000)
    }
    usleep(20_000)
    return child
  }

  /// The thread that does the work, by the time that it has taken.
  private func worker(of pid: pid_t) throws -> pid_t {
    let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")
    let times = try threads.compactMap { thread -> (Int, pid_t)? in
      let path = "/proc/\(pid)/task/\(thread)/stat"
      let fields = try String(contentsOfFile: path, encoding: .utf8).split(separator: " ")
      guard let number = pid_t(thread), number != pid, fields.count > 14 else { return nil }
      return (Int(fields[13]) ?? 0, number)
    }
    return try #require(times.max { $0.0 < $1.0 }).1
  }

  /// Sends a signal to one thread, as a fault in it would.
  private func send(_ signal: Int32, to thread: pid_t, of pid: pid_t) throws {
    let symbol = try #require(dlsym(nil, "tgkill"))
    typealias Call = @convention(c) (pid_t, pid_t, Int32) -> Int32
    #expect(unsafeBitCast(symbol, to: Call.self)(pid, thread, signal) == 0)
  }

  @Test func theRestIsDone() throws {
    let child = try startSecondRun()
    try send(SIGSEGV, to: worker(of: child.pid), of: child.pid)
    let outcome = try workspace.outcome(of: child)
    #expect(outcome.code == 128 + SIGSEGV)
    #expect(outcome.errors.contains("the same command goes on without it"))
    for _ in 0..<2 {
      let again = try workspace.cpnsim("sweep", "study.yaml", "--out", "out", "--jobs", "1")
      #expect(again.code == 4, "\(again.errors)")
      #expect(again.errors.contains("2 of 3 runs done, 1 failed"), "\(again.errors)")
    }
    let failures = try workspace.text(of: "out/failures.csv")
    #expect(failures.contains("2,long,2,") && failures.contains("ended the program by SIGSEGV"))
  }

  /// Whoever kills the process says nothing of the run that it was at.
  @Test(arguments: [SIGKILL, SIGSEGV, SIGABRT])
  func aSignalFromOutsideIsNoFault(signal: Int32) throws {
    let child = try startSecondRun()
    kill(child.pid, signal)
    #expect(try workspace.outcome(of: child).code == 128 + signal)
    #expect(try !workspace.text(of: Self.records).contains("trapped"))
  }
}
