// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Simulator
import TestSupport
import Testing

@testable import Session

@Suite struct ReplayTests {
  private static let trace = """
    flow,start_s,source,target,bytes
    1,0,a,b,1e9
    2,0.25,a,b,1e9
    3,0.5,a,b,2e9

    """

  /// A finished run of a trace in the folder `out`.
  private func recorded() throws -> Case {
    let recorded = try Case("traffic: [{trace: t.csv}]", files: ["t.csv": Self.trace])
    let session = try Session(recorded.loaded, writing: recorded.path("out"))
    try session.drive()
    _ = try session.finish()
    return recorded
  }

  @Test func aReplayAgreesWithTheRun() throws {
    let recorded = try recorded()
    let replay = try Replay(folder: recorded.path("out"))
    #expect(replay.warnings.isEmpty)
    let rows = try recorded.text(of: "out/flows.csv").split(separator: "\n").dropFirst()
    #expect(rows.count == 3)
    for row in rows {
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      let probe = try #require(try replay.watch(String(fields[0])))
      #expect(probe.arrival?.nanoseconds == nanoseconds(fields[5]))
      #expect(probe.finish?.nanoseconds == nanoseconds(fields[6]))
    }
    #expect(try replay.watch("4") == nil)
  }

  @Test func aReplayEndsWithItsFlowAndCanBeStopped() throws {
    let recorded = try recorded()
    let replay = try Replay(folder: recorded.path("out"))
    var last: RunProgress?
    _ = try replay.watch("1") {
      last = $0
      return .goOn
    }
    #expect(last?.fraction == 1)
    #expect(throws: StoppedRun.self) { _ = try replay.watch("1") { _ in .stop } }
  }

  @Test func aChangedInputIsReported() throws {
    let recorded = try recorded()
    try recorded.folder.write(Self.trace + "4,1,a,b,1e9\n", to: "t.csv")
    let out = recorded.path("out")
    #expect(
      throws: ChangedInput(folder: out, path: recorded.path("t.csv"), change: .content)
    ) { _ = try Replay(folder: out) }
  }

  @Test func anotherVersionIsAWarning() throws {
    let recorded = try recorded()
    let manifest = try recorded.text(of: "out/manifest.json")
    let version = "\"version\": \"\(Version.text)\""
    #expect(manifest.contains(version))
    try recorded.folder.write(
      manifest.replacing(version, with: "\"version\": \"0.0.1\""), to: "out/manifest.json")
    let replay = try Replay(folder: recorded.path("out"))
    #expect(replay.warnings.count == 1)
    #expect(replay.warnings.first?.contains("was made by version 0.0.1") == true)
  }

  @Test func whatIsNoResultsFolderIsReported() throws {
    let recorded = try recorded()
    for (name, found) in [("none", NoResults.Found.nothing), ("t.csv", .file), ("", .folder)] {
      let path = recorded.path(name)
      #expect(throws: NoResults(path: path, found: found)) { _ = try Replay(folder: path) }
    }
  }
}
