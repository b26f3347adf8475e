// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// How available links made of light are, as a service and lightpath by lightpath.
@Suite struct ServiceTests {
  /// A link between a and b over a ring of three fibres, for a day.
  private func service(
    channels: Int = 8, protection: String = "none", grid: Int = 80, setup: String = "0 s",
    events: String
  ) throws -> (row: [String: String], summary: [String: Double], text: String) {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: service
      duration: 24 h
      network:
        fibres:
          - {name: ab, between: [a, b], length: 80 km}
          - {name: ac, between: [a, c], length: 80 km}
          - {name: cb, between: [c, b], length: 80 km}
        rings: [{name: r, fibres: [ab, cb, ac]}]
      light:
        grid: {spacing: 50 GHz, channels: \(grid)}
        reach: [{rate: 100 Gbps}]
        setup: \(setup)
        links: [{name: l, between: [a, b], channels: \(channels), protection: \(protection)}]
        requests: [{list: [{request: late, from: a, to: c, rate: 1 Gbps, start: 23 h}]}]
      events: \(events)
      outputs: [summary, services]
      """, to: "s.yaml")
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    return (
      try #require(try workspace.rows(of: "out/services.csv").first),
      try workspace.summary(of: "out"), run.output
    )
  }

  private func number(_ row: [String: String], _ column: String) -> Double {
    row[column].flatMap(Double.init) ?? .nan
  }

  @Test func oneCutOfTwoHoursInADayIsOneOutage() throws {
    let (row, summary, text) = try service(events: "[{at: 3 h, cut: ab, for: 2 h}]")
    #expect(row["outages"] == "1" && row["longest_outage_s"] == "7200")
    #expect(row["up_s"] == "79200" && row["down_s"] == "7200")
    #expect(abs(number(row, "availability") - 22.0 / 24) < 1e-12)
    #expect(row["lightpaths"] == "8" && row["lightpath_outages"] == "8")
    #expect(row["lightpath_down_s"] == "57600" && row["longest_lightpath_outage_s"] == "7200")
    #expect(summary["link_outages"] == 1 && summary["lightpaths_lost"] == 8)
    #expect(abs((summary["link_availability"] ?? .nan) - 22.0 / 24) < 1e-12)
    let told = text.split(separator: "\n").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    #expect(told.contains("l none 91.7 % 1 2 h 8 91.7 %"), "\(text)")
  }

  @Test func partOfTheLightpathsIsNoOutageOfTheService() throws {
    // Two channels fit on a-b, so that the other two go over c.
    let (row, summary, text) = try service(
      channels: 4, grid: 2, events: "[{at: 3 h, cut: ab, for: 6 h}]")
    #expect(row["outages"] == "0" && row["availability"] == "1" && row["down_s"] == "0")
    #expect(row["lightpath_outages"] == "2" && row["lightpath_availability"] == "0.875")
    #expect(summary["link_availability"] == 1 && summary["lightpath_availability"] == 0.875)
    #expect(text.contains("87.5 %"))
  }

  @Test(arguments: [("1+1", 0.05), ("ring", 0.05), ("restoration", 2)])
  func protectionLeavesTheTimeThatItTakesToSwitch(kind: String, seconds: Double) throws {
    let (row, _, _) = try service(
      protection: kind, events: "[{at: 3 h, cut: ab, for: 2 h}, {at: 9 h, cut: ab, for: 2 h}]")
    #expect(row["outages"] == "2" && row["lightpath_outages"] == "16")
    #expect(abs(number(row, "down_s") - 2 * seconds) < 1e-9)
    #expect(abs(number(row, "longest_outage_s") - seconds) < 1e-9)
  }

  @Test(arguments: [
    // Two faults that overlap, one that outlasts the run, one without an end, one of no length.
    ("[{at: 3 h, cut: ab, for: 2 h}, {at: 4 h, cut: ab, for: 2 h}]", 1, 3.0),
    ("[{at: 3 h, cut: ab, for: 2 h}, {at: 4 h, amplifier: ab, for: 5 h}]", 1, 6.0),
    ("[{at: 20 h, cut: ab, for: 8 h}]", 1, 4.0), ("[{at: 20 h, cut: ab}]", 1, 4.0),
    ("[{at: 3 h, cut: ab}, {at: 3 h, mend: ab}]", 0, 0.0), ("[]", 0, 0.0),
    ("[{at: 1 h, cut: ab, for: 1 h}, {at: 3 h, fail: l, for: 2 h}]", 2, 3.0),
    ("[{at: 1 h, cut: ab, for: 2 h}, {at: 2 h, fail: l, for: 2 h}]", 1, 3.0),
  ])
  func outagesAreThoseOfTheService(events: String, outages: Int, hours: Double) throws {
    let (row, _, _) = try service(events: events)
    #expect(row["outages"] == "\(outages)", "\(events)")
    #expect(abs(number(row, "down_s") - 3600 * hours) < 1e-9, "\(events)")
    #expect(abs(number(row, "availability") - (1 - hours / 24)) < 1e-12, "\(events)")
  }

  @Test func aLinkThatIsNeverLitIsNeitherUpNorDown() throws {
    let (row, summary, _) = try service(channels: 0, events: "[{at: 3 h, cut: ab, for: 2 h}]")
    #expect(row["up_s"] == "0" && row["down_s"] == "0" && row["availability"] == "")
    #expect(summary["link_availability"] == nil)
  }
}
