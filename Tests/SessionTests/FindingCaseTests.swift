// SPDX-License-Identifier: GPL-3.0-or-later
import Session
import Testing

/// Each subject of findings has a case that it is told of, and one that it has to be silent about, in both
/// languages.
@Suite struct FindingCaseTests {
  @Test func eachSubjectHasItsCases() {
    let without = Set(Finding.Subject.allCases).subtracting(FindingCase.all.map(\.subject))
    #expect(without.isEmpty, "has no case in FindingCases.swift: \(without)")
  }

  @Test(arguments: FindingCase.all)
  func isTold(_ one: FindingCase) throws {
    let told = try one.findings(with: one.planted)
    #expect(told.map(\.text) == [one.english])
    #expect(told.map(\.chinese) == [one.chinese])
    for finding in told { ChineseFinding(finding.chinese).check(against: finding.text) }
  }

  @Test(arguments: FindingCase.all)
  func isSilent(_ one: FindingCase) throws {
    #expect(try one.findings(with: one.counter).map(\.text) == [])
  }

  // MARK: - Odd ones

  private func text(of subject: Finding.Subject, _ scenario: String) throws -> Finding? {
    let all = try FindingCase.findings(scenario)
    for finding in all { ChineseFinding(finding.chinese).check(against: finding.text) }
    return all.first { $0.subject == subject }
  }

  private func failure(
    _ flows: String, onFailure: String = "move", events: String
  ) throws -> Finding? {
    try text(
      of: .failedLink,
      FindingCase.triangle(
        """
        classes: [{name: main, on_failure: \(onFailure)}]
        traffic: [{class: main, \(flows)}]
        events: [\(events)]
        """))
  }

  private static let flow = "flows: [{flow: f, from: a, to: b, size: 40 TB}]"

  @Test func twoLinksAreDownToTheEnd() throws {
    let told = try failure(
      Self.flow, events: "{at: 30 min, fail: ab}, {at: 20 min, fail: ac}")
    #expect(
      told?.text == "2 links were down for a time, ac for longest, from 00:20 to the end: "
        + "flows stood still 1 time.")
  }

  /// It has another way and does not take it: twice it is one flow that waits.
  @Test func whoWaitsForTheRepairStandsStill() throws {
    let told = try failure(
      Self.flow, onFailure: "wait",
      events: """
        {at: 30 min, fail: ab}, {at: 40 min, repair: ab}, {at: 50 min, fail: ab}, \
        {at: 70 min, repair: ab}
        """)
    #expect(
      told?.text
        == "ab was down 2 times, for longest from 00:50 to 01:10: flows stood still 2 times.")
  }

  /// 5 Gbps are lost for half an hour, and so is nothing else.
  @Test func demandsLoseWhatFailureTakes() throws {
    let told = try failure(
      "demand: {name: live, from: a, to: b, rate: 5 Gbps}", onFailure: "wait",
      events: "{at: 30 min, fail: ab}, {at: 1 h, repair: ab}")
    #expect(told?.text == "ab was down from 00:30 to 01:00: demands lost 1.13 TB.")
  }

  /// A clock does not tell of 50 ms, nobody's patience ends, and a minute before nothing is to be seen.
  @Test func aShortFailureHasItsLengthAndPlace() throws {
    let told = try failure(
      Self.flow, events: "{at: 1800.5 s, fail: ab}, {at: 1800.55 s, repair: ab}")
    #expect(told?.text == "ab was down at 00:30 for 50 ms.")
    #expect(told?.command == "explain RUN link ab --at '1800.5 s'")
  }

  /// 0.04 % is not 0.0 %.
  ///
  /// A queue of 2 MB lets so much of what fills a link go.
  @Test func smallPartsHaveTheirFigures() throws {
    let told = try text(
      of: .lostDemands,
      FindingCase.triangle(
        "traffic: [{demand: {name: live, from: a, to: b, rate: 10 Gbps}}]"))
    #expect(told?.text.hasPrefix("0.038 % of what demands sent was lost") == true, "\(told as Any)")
  }

  /// Jobs whose data break off are no work of pools that fail.
  @Test func jobsWithoutTheirDataAreOfTheLink() throws {
    let scenario = """
      duration: 10 h
      network: {links: [{name: ab, from: a, to: b, capacity: 1 Gbps, two_way: true}]}
      classes: [{name: main, on_failure: break}]
      pools: {list: [{name: p, at: b, accelerator: H800, count: 8}]}
      traffic:
        - class: main
          jobs: {name: j, to: {pool: p}, input: {size: {fixed: 10 TB}, from: a}, list: [{job: x, accelerators: 8, run: 1 h}]}
      events: [{at: 30 min, fail: ab}, {at: 9 h, fail_pool: p, for: 10 min}]
      """
    #expect(
      try text(of: .failedLink, scenario)?.text
        == "ab was down from 00:30 to the end: 1 flow broke off and 1 job ended with its data.")
    #expect(
      try text(of: .failedPool, scenario)?.text
        == "Pools or accelerators failed 1 time: jobs had to start again 0 times.")
  }

  /// Two reasons, each of one request: none is that of most.
  @Test func reasonsOfHalfAreNoReasonOfMost() throws {
    let told = try text(
      of: .blockedRequests,
      """
      duration: 4 h
      network:
        nodes: [a, b, c]
        fibres: [{name: ab, between: [a, b], length: 80 km}]
      light:
        grid: {first: 193.1 THz, spacing: 75 GHz, channels: 1}
        reach: [{rate: 400 Gbps}]
        requests:
          - list:
              - {request: r, start: 0 s, from: a, to: b, rate: 400 Gbps, hold: 1 h}
              - {request: s, start: 1 s, from: a, to: b, rate: 400 Gbps, hold: 1 h}
              - {request: t, start: 2 s, from: a, to: c, rate: 400 Gbps, hold: 1 h}
      """)
    #expect(told?.text == "2 of 3 requests for lightpaths were blocked (66.7 %).")
  }

  /// A load that only takes power runs no jobs, and is not one that ran nothing.
  @Test func loadsAreNoPoolsThatRanNothing() throws {
    let told = try text(
      of: .idlePools,
      """
      duration: 10 h
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 8}, {name: load, at: a, it_power: 1 MW}]}
      traffic: [{jobs: {name: j, to: {pool: p}, list: [{job: x, accelerators: 8, run: 1 h}]}}]
      """)
    #expect(told?.text == "Accelerators of pools were used for 10.0 % of the time.")
  }

  /// Two hours in which nothing comes, and a link that is just not above 90 %.
  @Test(arguments: [
    "flows: [{flow: f, from: a, to: b, size: 4 TB, start: 3 h}]",
    "demand: {name: live, from: a, to: b, rate: 9 Gbps}",
  ])
  func nothingIsSaidOfNothing(traffic: String) throws {
    #expect(try FindingCase.findings(FindingCase.triangle("traffic: [{\(traffic)}]")) == [])
  }
}
