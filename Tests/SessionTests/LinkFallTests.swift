// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scenario
import Simulator
import TestSupport
import Testing

/// What has made a link full and is over is told as that, and as nothing that still is so.
@Suite struct LinkFallTests {
  /// The link ab in the same scenario, at 2700 s.
  @Test(arguments: [
    ("", 1),
    ("  - {class: m, demand: {name: late, from: a, to: b, rate: 2 Gbps, start: 30 min}}", 2),
  ])
  func aLinkThatIsBackCarriesWhatItDid(_ sample: (more: String, causes: Int)) throws {
    let account = try account(at: 2700, detour: 6, sample.more, of: "ab")
    let kinds: [LinkCause.Kind] = [.back, .start]
    #expect(account.causes.map(\.kind) == Array(kinds[..<sample.causes]))
    let back = try #require(account.causes.first)
    #expect(back.at?.seconds == 600 && back.until?.seconds == 1800)
    #expect(account.since.seconds == 1800)
    // 6 Gbps of 8.
    #expect(abs(back.share - (sample.causes == 1 ? 1 : 0.75)) < 0.01)
  }

  /// The link `cb`, on which 1 Gbps goes always, and 2 to 8 Gbps from a to b while `ab` is down, from 600
  /// to 1800 s.
  private func account(
    at seconds: Int64, detour: Int, _ more: String = "", of link: String = "cb"
  ) throws -> LinkAccount {
    let folder = try ScratchFolder()
    let file = try folder.write(
      """
      scenario: fall
      duration: 2 h
      network:
        links:
          - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 1 ms, two_way: true}
          - {name: cb, from: c, to: b, capacity: 10 Gbps, delay: 1 ms, two_way: true}
          - {name: ac, from: a, to: c, capacity: 10 Gbps, delay: 1 ms, two_way: true}
      classes: [{name: m, on_failure: move}]
      traffic:
        - {class: m, demand: {name: moved, from: a, to: b, rate: \(detour) Gbps}}
        - {class: m, demand: {name: base, from: c, to: b, rate: 1 Gbps}}
      \(more)
      events: [{at: 10 min, fail: ab}, {at: 30 min, repair: ab}]

      """, to: "s.yaml")
    let model = try ScenarioFile.load(path: file).model
    let link = try #require(model.topology.links.firstIndex { $0.name == link })
    let run = try Run(model, watching: .link(LinkID(index: link)))
    let asked = SimTime(nanoseconds: seconds * 1_000_000_000)
    while try run.advance(instants: 4096, upTo: asked) {}
    return try #require(run.account(at: asked))
  }

  private static func near(_ time: SimTime?, _ seconds: Double) -> Bool {
    abs((time?.seconds ?? .nan) - seconds) <= 10
  }

  @Test func whatIsOverIsNoCause() throws {
    let during = try account(at: 1200, detour: 8)
    #expect(during.causes.map(\.kind) == [.detour] && during.causes[0].until == nil)
    let behind = try account(at: 2700, detour: 8)
    #expect(behind.causes.map(\.kind) == [.steady] && behind.causes[0].subject == "base")
    #expect(Self.near(behind.since, 1800) && abs(behind.useSince - 0.1) < 0.01)
    let before = try #require(behind.before)
    #expect(Self.near(before.from, 600) && Self.near(before.to, 1800))
    #expect(abs(before.use - 0.9) < 0.01)
  }

  /// 5 Gbps more since 1200 s are what is left of 14 that would be 10.
  @Test func whatIsLeftIsTheCause() throws {
    let left = try account(
      at: 2700, detour: 8,
      "  - {class: m, demand: {name: late, from: c, to: b, rate: 4 Gbps, start: 20 min}}")
    #expect(left.causes.map(\.kind) == [.start] && left.causes[0].subject == "late")
    #expect(abs(left.useSince - 0.5) < 0.01 && abs((left.before?.use ?? 0) - 0.1) < 0.01)
  }

  /// A detour that brought less than half of the rise is told of, and when it was over.
  @Test func aPartThatIsOverHasItsEnd() throws {
    let account = try account(
      at: 1900, detour: 3,
      "  - {class: m, demand: {name: late, from: c, to: b, rate: 5 Gbps, start: 12 min}}")
    #expect(account.causes.map(\.kind) == [.start, .detour])
    let detour = try #require(account.causes.last)
    #expect(detour.at?.seconds == 600 && detour.until?.seconds == 1800)
  }

  /// Without any rise: half of what was sent from the start ends at 1800 s.
  @Test func aFallFromTheStartIsTold() throws {
    let account = try account(
      at: 2700, detour: 1,
      "  - {class: m, demand: {name: early, from: c, to: b, rate: 8 Gbps, stop: 40 min}}")
    #expect(account.causes.map(\.subject) == ["base"])
    #expect(Self.near(account.since, 2400))
    #expect(abs(account.useSince - 0.1) < 0.01)
  }
}
