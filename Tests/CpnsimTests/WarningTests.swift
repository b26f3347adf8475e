// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What can be run and is hardly meant: a warning, and exit code 0.
@Suite struct WarningTests {
  private static func scenario(_ events: String = "", start: String = "0 s") -> String {
    """
    scenario: late
    duration: 1 h
    network:
      fibres: [{name: f, between: [a, b], length: 100 km}]
    light: {each_fibre: {channels: 1}}
    traffic:
      - flows: [{flow: x, start: \(start), from: a, to: b, size: 1 GB}]
    events: [\(events)]

    """
  }

  private func warnings(_ text: String, _ words: String...) throws -> String {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let validated = try workspace.cpnsim(["validate", "s.yaml"] + words)
    let ran = try workspace.cpnsim(["run", "s.yaml", "--quiet"] + words)
    #expect(validated.code == 0 && ran.code == 0)
    #expect(validated.errors == ran.errors)
    return validated.errors
  }

  @Test(arguments: [
    (
      "{at: 2 h, cut: f}",
      "warning: s.yaml:8:10: events[0].at: found 2 h, which is after the end of the run at 1 h: it "
        + "never happens\n"
    ),
    (
      "{at: 30 min, cut: f, for: 31 min}",
      "warning: s.yaml:8:10: events[0].for: found 31 min from 30 min on, which is over after the "
        + "end of the run at 1 h: it is not repaired in it\n"
    ),
    ("{at: 30 min, cut: f, for: 30 min}", ""), ("{at: 1 h, cut: f}", ""), ("", ""),
    ("{at: 30 min, cut: f}", ""),
    (
      "{at: 1 min, mend: f}, {at: 2 min, cut: f}, {at: 3 min, cut: f}, {at: 4 min, mend: f}",
      "warning: s.yaml:8:28: events[0].mend: found f, which is not cut at 1 min: nothing happens\n"
    ),
    (
      "{at: 1 min, fail: f, for: 1 min}, {at: 3 min, repair: f}, {at: 4 min, fail: f}, "
        + "{at: 5 min, repair: f}, {at: 5 min, repair: f}",
      "warning: s.yaml:8:64: events[1].repair: found f, which has not failed at 3 min: nothing "
        + "happens\nwarning: s.yaml:8:134: events[4].repair: found f, which has not failed at 5 min: "
        + "nothing happens\n"
    ),
    ("{at: 1 min, fail: f, for: 2 min}, {at: 3 min, repair: f}", ""),
  ]) func anEventBeyondTheEndIsTold(events: String, expected: String) throws {
    #expect(try warnings(Self.scenario(events)) == expected)
  }

  @Test func eachEventIsToldOfAndSettingsSayWhichTheyAre() throws {
    let text = try warnings(
      Self.scenario("{at: 2 h, cut: f}, {at: 3 h, mend: f}"), "--set",
      "events[+]={at: 4 h, cut: f}")
    #expect(text.split(separator: "\n").count == 3)
    #expect(text.contains("warning: --set events[+]: events[2].at: found 4 h"))
  }

  /// Jobs that come from a place find only the pools there: all others are refused as unreachable.
  @Test(arguments: [("", true), (", links: [{name: l, from: a, to: b, capacity: 1 Gbps}]", false)])
  func jobsWithoutLinksAreTold(links: String, isTold: Bool) throws {
    let text = try warnings(
      """
      scenario: alone
      duration: 1 h
      network: {nodes: [a, b]\(links)}
      pools: {list: [{name: p, at: b, accelerator: H800, count: 8}]}
      traffic:
        - jobs: {name: j, list: [{job: x, run: 1 min}], from: a}

      """)
    let told = "warning: s.yaml:6:11: traffic[0].jobs.from: found no link between places"
    #expect(text.contains(told) == isTold && text.isEmpty != isTold, "\(text)")
  }

  @Test func trafficBeyondTheEndIsTold() throws {
    #expect(
      try warnings(Self.scenario(start: "90 min")) == """
        warning: s.yaml:7:13: traffic[0].flows[0].start: found 90 min, which is after the end of \
        the run at 1 h: it never comes

        """)
  }

  @Test func jobsBeyondTheEndAreTold() throws {
    let text = try warnings(
      """
      scenario: late
      duration: 1 h
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 8}]}
      traffic:
        - jobs: {name: j, list: [{job: x, run: 1 min}, {job: y, submit: 2 h, run: 1 min}]}
        - jobs: {name: k, arrivals: {poisson: {rate: 1/h}}, accelerators: {fixed: 1}, run: {fixed: 1 min}, start: 3 h}

      """)
    let never = "which is after the end of the run at 1 h: it never comes"
    #expect(
      text.contains("s.yaml:6:50: traffic[0].jobs.list[1].submit: found 2 h, \(never)"), "\(text)")
    let nothing = "which is after the end of the run at 1 h: nothing of it comes"
    #expect(text.contains("s.yaml:7:11: traffic[1].jobs.start: found 3 h, \(nothing)"), "\(text)")
  }

  // MARK: - Far from steady

  /// Flows of 1 GB, 8 s at the full rate of the link, which bring so much of its capacity.
  private static func queue(load: Double, duration: String) -> String {
    """
    scenario: queue
    duration: \(duration)
    network: {links: [{name: l, capacity: 1 Gbps}]}
    traffic:
      - generate:
          arrivals: {poisson: {load: \(load) Gbps}}
          sizes: {exponential: {mean: 1 GB}}
          path: [l]

    """
  }

  @Test(arguments: [
    (0.1, "10 h", false), (0.5, "10 h", false), (0.9, "10 h", false), (1.5, "10 h", true),
    (40.0, "10 min", true), (40.0, "10 h", true),
  ]) func aRunThatPilesUpSaysSo(load: Double, duration: String, isFar: Bool) throws {
    let workspace = try Workspace()
    try workspace.write(Self.queue(load: load, duration: duration), to: "s.yaml")
    let table = try workspace.cpnsim("run", "s.yaml")
    #expect(table.code == 0)
    #expect(table.output.contains("note: the run ends far from steady") == isFar)
    let csv = try workspace.cpnsim("run", "s.yaml", "--format", "csv")
    #expect(csv.output.contains("\nfar_from_steady,\(isFar ? 1 : 0),\n"))
  }
}
