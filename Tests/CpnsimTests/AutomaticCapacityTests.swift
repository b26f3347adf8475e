// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Links that light and darken channels by themselves, in order and while something is cut.
@Suite struct AutomaticCapacityTests {
  /// Traffic from a to c over b, where each link has 8 channels of 100 Gbps.
  ///
  /// The other way, over d, is longer.
  private static let square = """
    scenario: square
    duration: 8 h
    network:
      fibres:
        - {name: ab, between: [a, b], length: 80 km}
        - {name: bc, between: [b, c], length: 80 km}
        - {name: ad, between: [a, d], length: 300 km}
        - {name: dc, between: [d, c], length: 300 km}
    light:
      reach: [{rate: 100 Gbps}]
      setup: 1 min
      each_fibre: {channels: 8, automatic: {above: 70 %, below: 20 %, most: 20, least: 1, every: 15 min}}
    classes: [{name: default, on_failure: move, patience: 200 ms, ceiling: 25 Gbps}]
    traffic:
      - generate:
          arrivals: {poisson: {load: 300 Gbps}}
          sizes: {exponential: 200 GB}
          pairs: [{from: a, to: c, weight: 1}]
    outputs: [summary, lightpaths]
    """

  /// How much slower flows were in the mean, and when channels of b-c went dark.
  private func square(_ events: String) throws -> (slowdown: Double, dark: [Double]) {
    let workspace = try Workspace()
    try workspace.write(Self.square, to: "s.yaml")
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--set", "events=\(events)")
    #expect(run.code == 0, "\(run.errors)")
    let slowdown = try workspace.summary(of: "out")["slowdown_mean"] ?? .nan
    let rows = try workspace.rows(of: "out/lightpaths.csv").filter { $0["link"] == "bc" }
    return (slowdown, rows.compactMap { $0["dark_s"].flatMap(Double.init) })
  }

  @Test func aLongerCutIsNeverBetterThanAShorterOne() throws {
    var before = try square("[]")
    #expect(before.slowdown < 1.01 && before.dark.isEmpty)
    // The last one is mended after the run has ended.
    for hours in ["0.2", "1", "3", "5.9", "20"] {
      let cut = try square("[{at: 2 h, cut: ab, for: \(hours) h}]")
      #expect(cut.slowdown >= before.slowdown - 1e-9, "\(hours) h")
      // What traffic comes back to is there: b-c darkens nothing while a-b is cut, or thereafter.
      #expect(cut.dark.isEmpty, "\(hours) h")
      before = cut
    }
  }

  @Test(arguments: [
    "[{at: 2 h, cut: ab}]", "[{at: 2 h, fail: ab}]",
    "[{at: 1 h, mend: ab}, {at: 2 h, cut: ab}, {at: 3 h, cut: ab, for: 1 h}]",
  ])
  func aFaultThatNothingRepairsHoldsNothing(events: String) throws {
    // From 2 h on nothing comes back: all but one channel go, one every 15 minutes.
    let cut = try square(events)
    #expect(cut.dark.count == 7)
    #expect(cut.dark.first.map { (7200...10800).contains($0) } == true)
  }

  @Test(arguments: ["cut", "fail"])
  func severalFaultsThatAreRepairedHoldUntilTheLast(kind: String) throws {
    let cut = try square(
      "[{at: 2 h, \(kind): ab, for: 3 h}, {at: 2.5 h, cut: ab, for: 4 h}]")
    #expect(cut.dark.isEmpty)
  }

  /// One link of so many channels of 100 Gbps, and flows that take 10 Gbps each without an end.
  private func lit(
    flows: Int, channels: Int, most: Int = 40, above: Int = 80, ceiling: String = "10 Gbps"
  ) throws -> [Double] {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: step
      duration: 5.5 min
      network: {fibres: [{name: ab, between: [a, b], length: 80 km}]}
      light:
        reach: [{rate: 100 Gbps}]
        each_fibre: {channels: \(channels), automatic: {above: \(above) %, below: 20 %, most: \(most)}}
      classes: [{name: default, ceiling: \(ceiling)}]
      traffic: [{trace: flows.csv}]
      outputs: [summary, lightpaths]
      """, to: "s.yaml")
    let rows = (0..<flows).map { "\($0),0,,,1e15,ab" }
    try workspace.write(
      (["flow,start_s,source,target,bytes,path"] + rows).joined(separator: "\n") + "\n",
      to: "flows.csv")
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    return try workspace.rows(of: "out/lightpaths.csv").compactMap {
      $0["lit_s"].flatMap(Double.init)
    }.filter { $0 > 0 }.sorted()
  }

  /// Need over 80 %, in channels: 39 flows are 390 Gbps, which takes 4.875 channels.
  @Test(arguments: [
    (32, 4, 0), (33, 4, 1), (39, 4, 1), (79, 8, 2), (8, 1, 0), (9, 1, 1), (95, 10, 2),
  ])
  func asManyAsTheTrafficNeedsAreLitInOneStep(flows: Int, channels: Int, lit count: Int) throws {
    #expect(try lit(flows: flows, channels: channels) == Array(repeating: 60, count: count))
  }

  @Test func aLowThresholdTakesMoreThanTwiceTheChannels() throws {
    // 90 Gbps at 10 % are nine channels.
    #expect(
      try lit(flows: 9, channels: 1, above: 30) == Array(repeating: 60, count: 2))
  }

  @Test func aFullLinkDoublesUntilItsNeedIsSeen() throws {
    // 1 Tbps on 2 channels: 4, 8, and then 16, of which 62.5 % are used.
    let expected = [60, 60] + Array(repeating: 120.0, count: 4) + Array(repeating: 180, count: 8)
    #expect(try lit(flows: 100, channels: 2) == expected)
    // The most ends it.
    #expect(try lit(flows: 100, channels: 2, most: 7) == [60, 60, 120, 120, 120])
    // So does the grid, of 80 channels.
    #expect(try lit(flows: 100, channels: 70, most: 200, ceiling: "100 Gbps").count == 10)
  }

  @Test func noStepUndoesTheOneBefore() throws {
    // Thresholds next to each other: 105 Gbps of 200 is under both, but of 100 it is above.
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: flap
      duration: 1 h
      network: {fibres: [{name: ab, between: [a, b], length: 80 km}]}
      light:
        reach: [{rate: 100 Gbps}]
        each_fibre: {channels: 2, automatic: {above: 70 %, below: 69 %, most: 40, least: 1}}
      traffic: [{demand: {name: d, from: a, to: b, rate: 105 Gbps}}]
      outputs: [summary]
      """, to: "s.yaml")
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try workspace.summary(of: "out")["lightpaths_lit"] == 2)
  }

  @Test func channelsThatAreDownAreNotWhatIsLeft() throws {
    // Two channels go the short way, two the long one. With the short one cut, two are left, which
    // are the fewest: darkening one of them for want of use would leave less than that.
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: half
      duration: 1 h
      network:
        fibres:
          - {name: ab, between: [a, b], length: 80 km}
          - {name: ac, between: [a, c], length: 80 km}
          - {name: cb, between: [c, b], length: 80 km}
      light:
        grid: {spacing: 50 GHz, channels: 2}
        reach: [{rate: 100 Gbps}]
        links: [{name: l, between: [a, b], channels: 4, automatic: {above: 80 %, below: 30 %, most: 4, least: 2}}]
      traffic: [{demand: {name: d, from: a, to: b, rate: 5 Gbps}}]
      events: [{at: 10 s, cut: ab, for: 30 min}]
      outputs: [summary, services]
      """, to: "s.yaml")
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    let row = try #require(try workspace.rows(of: "out/services.csv").first)
    #expect(row["outages"] == "0" && row["availability"] == "1")
    #expect(row["lightpath_outages"] == "2")
    #expect(try workspace.summary(of: "out")["demand_bytes_lost"] == 0)
  }

  @Test func aLinkWithoutChannelsLightsOneForTrafficThatWaits() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: dark
      duration: 10 min
      network: {fibres: [{name: ab, between: [a, b], length: 80 km}]}
      light:
        reach: [{rate: 100 Gbps}]
        each_fibre: {channels: 0, automatic: {above: 80 %, below: 30 %, most: 4}}
      traffic: [{trace: flows.csv}]
      """, to: "s.yaml")
    try workspace.write(
      "flow,start_s,source,target,bytes,path\nf,90,,,125e9,ab\n", to: "flows.csv")
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    // Lit at the look at 120 s, and done 10 s later.
    let finish = try workspace.rows(of: "out/flows.csv").first?["finish_s"].flatMap(Double.init)
    #expect(finish.map { abs($0 - 130) < 1e-3 } == true)
  }

  @Test func aDetourIsNoReasonToExpectLess() throws {
    // 1 GB at 8 Gbps takes 1 s; half of it goes over 4 Gbps after the failure: 0.5 s + 1 s.
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: detour
      network:
        links:
          - {name: near, from: a, to: b, capacity: 8 Gbps}
          - {name: far, from: a, to: c, capacity: 4 Gbps, delay: 1 ns}
          - {name: further, from: c, to: b, capacity: 4 Gbps}
      classes: [{name: default, on_failure: move, patience: 0 s}]
      traffic: [{trace: flows.csv}]
      events: [{at: 500 ms, fail: near, for: 1 h}]
      """, to: "s.yaml")
    try workspace.write(
      "flow,start_s,source,target,bytes,path\nf,0,a,b,1e9,near\n", to: "flows.csv")
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    let slowdown = try workspace.summary(of: "out")["slowdown_mean"] ?? .nan
    #expect(abs(slowdown - 1.5) < 1e-6)
  }
}

extension Workspace {
  /// The metrics of a run's summary by their names.
  func summary(of folder: String) throws -> [String: Double] {
    Dictionary(
      try rows(of: "\(folder)/summary.csv").map {
        ($0["metric"] ?? "", $0["value"].flatMap(Double.init) ?? .nan)
      }, uniquingKeysWith: { first, _ in first })
  }
}
