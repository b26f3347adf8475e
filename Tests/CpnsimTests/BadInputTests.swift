// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Input that no run can use: an error that says where, exit code 2, and nothing written.
@Suite struct BadInputTests {
  /// A way to spoil the small scenario, and what the error must say.
  struct Flaw: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var find: String
    var replacement: String
    var error: String

    init(_ name: String, _ find: String, _ replacement: String, _ error: String) {
      testDescription = name
      self.find = find
      self.replacement = replacement
      self.error = error
    }
  }

  static let flaws = [
    Flaw(
      "unknown key", "scenario: small", "scenario: small\nseeed: 1",
      "s.yaml:2:1: unknown key \"seeed\"; did you mean \"seed\"?"),
    Flaw(
      "missing unit", "a, to: b, capacity: 10 Gbps", "a, to: b, capacity: 10",
      "s.yaml:4:45: network.links[0].capacity: found 10, expected"),
    Flaw(
      "wrong unit", "a, to: b, capacity: 10 Gbps", "a, to: b, capacity: 10 km",
      "s.yaml:4:45: network.links[0].capacity: found \"10 km\", expected"),
    Flaw(
      "negative capacity", "a, to: b, capacity: 10 Gbps", "a, to: b, capacity: -10 Gbps",
      "s.yaml:4:45: network.links[0].capacity: found \"-10 Gbps\", expected"),
    Flaw(
      "zero capacity", "a, to: b, capacity: 10 Gbps", "a, to: b, capacity: 0 Gbps",
      "s.yaml:4:45: network.links[0].capacity: found \"0 Gbps\", expected"),
    Flaw(
      "dangling node", "network:", "network:\n  nodes: [a, b, c]",
      "s.yaml:6:32: network.links[1].to: unknown node \"d\""),
    Flaw(
      "duplicate name", "name: c-d", "name: a-b",
      "s.yaml:5:14: network.links[1].name: a second link \"a-b\", first in line 4"),
    Flaw(
      "unreachable pair", "from: a, to: b, size", "from: a, to: d, size",
      "s.yaml:8:33: traffic[0].flows[0].to: no route leads from \"a\" to \"d\""),
    Flaw("empty file", Small.scenario, "", "s.yaml"),
    Flaw("tab", "  links:", "\tlinks:", "s.yaml:3:1: "),
    Flaw("anchor", "name: a-b", "name: &one a-b", "s.yaml:4:14: "),
    Flaw(
      "nested brackets", Small.scenario, String(repeating: "[", count: 1_000_000), "s.yaml:1:"),
    Flaw(
      "not a number", "capacity: 10 Gbps}\n    - {name: c", "capacity: .nan Gbps}\n    - {name: c",
      "s.yaml:4:45: network.links[0].capacity: found \".nan Gbps\", expected"),
    Flaw(
      "infinity", "capacity: 10 Gbps}\n    - {name: c", "capacity: inf Gbps}\n    - {name: c",
      "s.yaml:4:45: network.links[0].capacity: found \"inf Gbps\", expected"),
    Flaw(
      "overflow", "capacity: 10 Gbps}\n    - {name: c", "capacity: 1e400 Gbps}\n    - {name: c",
      "s.yaml:4:45: network.links[0].capacity: found \"1e400 Gbps\", expected"),
    Flaw(
      "overflow of time", "scenario: small", "scenario: small\nduration: 1e30 h",
      "s.yaml:2:11: duration: found \"1e30 h\", expected"),
    Flaw(
      "missing trace", "- flows:\n      - {flow: f1, from: a, to: b, size: 1 GB}",
      "- trace: no.csv",
      "s.yaml:7:12: traffic[0].trace: the trace \"no.csv\" can't be read: No such file"),
  ]

  @Test(arguments: flaws) func aFlawOfTheScenarioIsReported(_ flaw: Flaw) throws {
    let workspace = try Workspace()
    #expect(Small.scenario.contains(flaw.find))
    try workspace.write(
      Small.scenario.replacingOccurrences(of: flaw.find, with: flaw.replacement), to: "s.yaml")
    try expectRefusal(of: ["run", "s.yaml", "--out", "out"], in: workspace, flaw.error)
    try expectRefusal(of: ["validate", "s.yaml"], in: workspace, flaw.error)
  }

  @Test func bytesThatAreNotUTF8AreReported() throws {
    let workspace = try Workspace()
    try workspace.write(Data("scenario: ".utf8) + [0xFF, 0x0A], to: "s.yaml")
    try expectRefusal(
      of: ["run", "s.yaml", "--out", "out"], in: workspace,
      "s.yaml:1:11: found byte 0xFF, expected UTF-8 text")
  }

  @Test func allProblemsAreReportedAtOnce() throws {
    let workspace = try Workspace()
    try workspace.write(
      Small.scenario.replacingOccurrences(of: "10 Gbps", with: "10")
        .replacingOccurrences(of: "1 GB", with: "1 km"), to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code == 2)
    for place in ["s.yaml:4:45: ", "s.yaml:5:45: ", "s.yaml:8:42: "] {
      #expect(outcome.errors.contains(place))
    }
  }

  @Test(
    arguments: [
      (
        "flow,start_s,source,target\n1,0,a,b\n",
        "t.csv:1: the column 'bytes' is missing from the header"
      ),
      (
        "flow,start_s,source,target,bytes\n1,0,a,b,1e9\n2,1,a,b,many\n",
        "t.csv:3: bytes: expected a number, found 'many'"
      ),
      (
        "flow,start_s,source,target,bytes\n1,2,a,b,1e9\n2,1,a,b,1e9\n",
        "t.csv:3: start_s: flows must be in order of their start, found 1 after 2"
      ),
      (
        "flow,start_s,source,target,bytes\n1,nan,a,b,1e9\n",
        "t.csv:2: start_s: expected a number, found 'nan'"
      ),
      (
        "flow,start_s,source,target,bytes\n1,0,a,b,inf\n",
        "t.csv:2: bytes: expected a number, found 'inf'"
      ),
      (
        "flow,start_s,source,target,bytes\n1,0,a,b,1e400\n",
        "t.csv:2: bytes: the number '1e400' is too large"
      ),
      (
        "flow,start_s,source,target,bytes\n1,0,a,b,1e308\n",
        "t.csv:2: bytes: the number '1e308' is too large"
      ),
      (
        "flow,start_s,source,target,bytes\n1,0,a,d,1\n", "t.csv:2: no path leads from 'a' to 'd'"
      ),
      (
        "flow,start_s,source,target,bytes\n1,0,a,x,1\n", "t.csv:2: the network has no node 'x'"
      ),
      ("", "t.csv:1: the file is empty"),
    ]) func aFlawOfTheTraceIsReportedWithItsLine(_ trace: String, _ error: String) throws
  {
    let workspace = try Workspace()
    let flows = "- flows:\n      - {flow: f1, from: a, to: b, size: 1 GB}"
    try workspace.write(
      Small.scenario.replacingOccurrences(of: flows, with: "- trace: t.csv"), to: "s.yaml")
    try workspace.write(trace, to: "t.csv")
    try expectRefusal(of: ["run", "s.yaml", "--out", "new/out"], in: workspace, error)
    try expectRefusal(of: ["validate", "s.yaml"], in: workspace, error)
  }

  @Test(
    arguments: [
      ("taken", "taken already exists"), ("taken/", "taken already exists"),
      ("file", "file already exists"), ("file/out", "file/out: a part of the path is a file"),
      ("/proc/cpnsim/out", "/proc/cpnsim/out: no such file or folder"),
      (".", "'.' does not name a folder"), ("", "'' does not name a folder"),
    ]) func aFolderThatCannotBeMadeIsReported(_ out: String, _ error: String) throws
  {
    let workspace = try Workspace()
    try workspace.write(Small.scenario, to: "s.yaml")
    try workspace.write("", to: "file")
    #expect(try workspace.bash("mkdir taken").code == 0)
    try expectRefusal(of: ["run", "s.yaml", "--out", out], in: workspace, error)
  }

  @Test(.disabled(if: getuid() == 0, "root may write anywhere"))
  func aFolderWithoutPermissionIsReported() throws {
    let workspace = try Workspace()
    try workspace.write(Small.scenario, to: "s.yaml")
    #expect(try workspace.bash("mkdir -m 555 closed").code == 0)
    try expectRefusal(
      of: ["run", "s.yaml", "--out", "closed/out"], in: workspace,
      "closed/out: permission denied")
  }

  @Test func aFullDiskIsReported() throws {
    let workspace = try Workspace()
    // 1000 flows make some 80 kB of flows.csv; the limit of bash counts blocks of 1024 bytes.
    try workspace.write(
      """
      scenario: full
      network: {links: [{name: l, capacity: 10 Gbps}]}
      traffic:
        - generate: {arrivals: {deterministic: 1/s}, sizes: {fixed: 1 GB}, path: [l], count: 1000}
      """, to: "s.yaml")
    let before = workspace.names
    let outcome = try workspace.bash("ulimit -f 16; cpnsim run s.yaml --out new/out")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("new/out/flows.csv: the file grew past the limit"))
    #expect(workspace.names == before)
  }

  @Test func standardOutputThatIsFullIsReported() throws {
    let workspace = try Workspace()
    try workspace.write(Small.scenario, to: "s.yaml")
    let outcome = try workspace.bash("cpnsim run s.yaml >/dev/full")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("standard output: can't write: No space left on device"))
  }

  @Test(
    arguments: [
      (["run"], "missing argument '<scenario>'"),
      (["run", "no.yaml"], "no.yaml: can't be read: No such file or directory"),
      (["run", "s.yaml", "--format", "xml"], "'xml' is no value for '--format'"),
      (["run", "s.yaml", "--oot", "out"], "unknown option '--oot'; did you mean '--out'?"),
      (["run", "s.yaml", "--set", "sed=2"], "sed: unknown key \"sed\"; did you mean \"seed\"?"),
      (["simulate"], "unknown command 'simulate'"),
      (["show", "links"], "missing argument '<scenario>'"),
      (["show", "paths", "s.yaml", "--from", "x"], "no node 'x': it has a, b, c, d"),
      (["show", "paths", "s.yaml", "--from", "a", "--to", "c"], "no path leads from a to c"),
      (["show", "links", "s.yaml", "--to", "a"], "--to goes with 'show paths', 'show light' only"),
      (["show", "columns", "flow"], "did you mean 'flows'?"),
      (["completions", "tcsh"], "'tcsh' is no value for '<shell>'"),
      (["explain", "out", "flow", "1"], "out/manifest.json: can't be read: No such file"),
    ]) func aCommandLineThatMakesNoSenseIsReported(_ words: [String], _ error: String) throws
  {
    let workspace = try Workspace()
    try workspace.write(Small.scenario, to: "s.yaml")
    try expectRefusal(of: words, in: workspace, error)
  }

  private func expectRefusal(
    of words: [String], in workspace: Workspace, _ error: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = workspace.names
    let outcome = try workspace.cpnsim(words)
    #expect(outcome.code == 2, sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    #expect(outcome.errors.hasPrefix("error: "), sourceLocation: sourceLocation)
    #expect(outcome.errors.contains(error), sourceLocation: sourceLocation)
    #expect(workspace.names == before, sourceLocation: sourceLocation)
  }
}
