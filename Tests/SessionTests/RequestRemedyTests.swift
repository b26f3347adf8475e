// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Scenario
import Simulator
import TestSupport
import Testing

/// What a blocked request is told to do lets it in when it does that.
@Suite struct RequestRemedyTests {
  private struct Asked {
    var name: String
    var from: Int
    var to: Int
    var gbps: Double
    var start: Double
    var startNanoseconds: Int64 { Int64((start * 1e9).rounded()) }
    var hold: Double
    var protection: String
  }

  /// A ring of five sites with a chord, of few channels, and requests that come one by one.
  private struct Case {
    var channels: Int
    var lengths: [Int]
    var requests: [Asked]

    init(seed: UInt64) {
      var random = Drawn(stream: RandomStream(seed: seed, name: "requests"))
      channels = Int.random(in: 2...4, using: &random)
      lengths = (0..<6).map { _ in Int.random(in: 50...400, using: &random) }
      var time = 0.0
      requests = (0..<40).map { number in
        time += Double.random(in: 1...20, using: &random)
        let from = Int.random(in: 0..<5, using: &random)
        return Asked(
          name: "r\(number)", from: from,
          to: (from + Int.random(in: 1...4, using: &random)) % 5,
          gbps: [50.0, 100, 200, 300].randomElement(using: &random) ?? 100,
          start: (time * 1000).rounded() / 1000,
          hold: Double.random(in: 20...200, using: &random),
          protection: Double.random(in: 0...1, using: &random) < 0.2 ? "1+1" : "none")
      }
    }

    /// The scenario, with one request changed, or all as they are.
    func text(changing changed: String? = nil, to other: String = "") -> String {
      let ends = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (0, 2)]
      let fibres = zip(ends, lengths).enumerated().map { number, fibre in
        "    - {name: f\(number), between: [n\(fibre.0.0), n\(fibre.0.1)], length: \(fibre.1) km}"
      }
      let lines = requests.map { asked in
        changed == asked.name ? other : line(asked, start: "\(asked.start)")
      }
      return """
        scenario: remedies
        duration: 2000 s
        network:
          fibres:
        \(fibres.joined(separator: "\n"))
        light:
          grid: {spacing: 50 GHz, channels: \(channels)}
          reach: [{rate: 100 Gbps, up_to: 700 km}]
          requests:
            - list:
        \(lines.joined(separator: "\n"))
        outputs: [summary, requests]

        """
    }

    func line(
      _ asked: Asked, start: String, gbps: Double? = nil, protection: String? = nil
    ) -> String {
      "        - {request: \(asked.name), from: n\(asked.from), to: n\(asked.to), "
        + "rate: \(gbps ?? asked.gbps) Gbps, start: \(start) s, hold: \(asked.hold) s, "
        + "protection: \(protection ?? asked.protection)}"
    }
  }

  private func account(of name: String, in text: String) throws -> RequestAccount {
    let folder = try ScratchFolder()
    let model = try ScenarioFile.load(path: folder.write(text, to: "s.yaml")).model
    let run = try Run(model, watching: .request(name))
    while try run.advance(instants: 64), !run.isRequestTold {}
    return try #require(run.requestAccount)
  }

  @Test func doingWhatItSaysUnblocksIt() throws {
    var (blocked, tried, kinds) = (0, 0, Set<String>())
    for seed in 1...12 as ClosedRange<UInt64> {
      let sample = Case(seed: seed)
      for asked in sample.requests {
        let account = try account(of: asked.name, in: sample.text())
        guard account.outcome == "blocked" else {
          #expect(account.remedies.isEmpty)
          continue
        }
        blocked += 1
        for remedy in account.remedies {
          let line: String
          switch remedy {
          case .later(let time):
            // Behind all that happens in that instant.
            let start = time.nanoseconds + 1
            line = sample.line(
              asked, start: "\(start / 1_000_000_000).\(Self.nineDigits(start % 1_000_000_000))")
          case .rate(let rate):
            line = sample.line(asked, start: "\(asked.start)", gbps: rate / 1e9)
          case .unprotected:
            line = sample.line(asked, start: "\(asked.start)", protection: "none")
          // These are tried on the light as it was; a run with other equipment has another past.
          case .channels(let channels):
            kinds.insert("channels")
            for channel in channels {
              #expect(!channel.fibres.isEmpty && !channel.holders.isEmpty)
            }
            continue
          case .regeneration, .conversion:
            continue
          }
          kinds.insert("\(remedy)".prefix { $0 != "(" }.description)
          tried += 1
          let again = try self.account(
            of: asked.name, in: sample.text(changing: asked.name, to: line))
          #expect(again.outcome != "blocked", "\(seed) \(asked.name): \(remedy)")
        }
      }
    }
    #expect(blocked > 50 && tried > 50)
    #expect(kinds.isSuperset(of: ["later", "rate", "channels", "unprotected"]))
  }

  /// Two channels, both taken: the free one is named with who has it, and when it is free.
  @Test func theLeastIsSaidByHand() throws {
    let text = """
      scenario: hand
      duration: 100 s
      network: {fibres: [{name: f, between: [a, b], length: 100 km}, {name: g, between: [b, c], length: 100 km}]}
      light:
        grid: {spacing: 50 GHz, channels: 2}
        reach: [{rate: 100 Gbps}]
        requests:
          - list:
              - {request: x, from: a, to: b, rate: 100 Gbps, start: 0 s, hold: 50 s}
              - {request: y, from: a, to: b, rate: 100 Gbps, start: 1 s, hold: 20 s}
              - {request: z, from: a, to: c, rate: 100 Gbps, start: 2 s, hold: 10 s}
      outputs: [summary]

      """
    let account = try account(of: "z", in: text)
    #expect(account.reason == "no-channel")
    #expect(
      account.remedies == [
        .channels([
          RequestAccount.Channel(channels: "1", fibres: ["f"], holders: ["L1"], path: ["f", "g"])
        ]), .later(SimTime(nanoseconds: 21_000_000_000)),
      ])
    #expect(account.paths.map(\.free) == [0])
    #expect(account.paths.map(\.fullest) == ["f"])
  }

  /// Light is made anew at c: before it each fibre has a channel but no two the same one, and behind it
  /// both are taken.
  private static let segments = """
    scenario: segments
    duration: 200 s
    network:
      fibres:
        - {name: f, between: [a, b], length: 100 km}
        - {name: g, between: [b, c], length: 100 km}
        - {name: h, between: [c, d], length: 100 km}
    light:
      grid: {spacing: 50 GHz, channels: 2}
      reach: [{up_to: 200 km, rate: 100 Gbps}]
      regeneration: [c]
      requests:
        - list:
            - {request: u, from: a, to: b, rate: 100 Gbps, start: 0 s, hold: 100 s}
            - {request: v, from: b, to: c, rate: 100 Gbps, start: 1 s, hold: 1 s}
            - {request: w, from: b, to: c, rate: 100 Gbps, start: 1.5 s, hold: 100 s}
            - {request: x, from: c, to: d, rate: 100 Gbps, start: 3 s, hold: 50 s}
            - {request: y, from: c, to: d, rate: 100 Gbps, start: 4 s, hold: 100 s}
            - {request: z, from: a, to: d, rate: 100 Gbps, start: 5 s, hold: 10 s}
            - {request: last, from: a, to: d, rate: 100 Gbps, start: 150 s, hold: 10 s}
    outputs: [summary]

    """

  @Test func eachPartHasAChannelOfItsOwn() throws {
    let blocked = try account(of: "z", in: Self.segments)
    #expect(blocked.reason == "no-channel")
    #expect(
      blocked.remedies.first
        == .channels([
          .init(channels: "1", fibres: ["f"], holders: ["L1"], path: ["f", "g"]),
          .init(channels: "1", fibres: ["h"], holders: ["L4"], path: ["h"]),
        ]))
    let path = try #require(blocked.paths.first)
    #expect(path.lineRate == 1e11 && path.free == 0)
    #expect(path.fullest == "h" && path.freeOnFullest == 0)
    // Without x and y only the part before c is in the way: no channel is free all along it.
    let other = Self.segments.split(separator: "\n")
      .filter { !$0.contains("request: x") && !$0.contains("request: y") }
    let account = try account(of: "z", in: other.joined(separator: "\n") + "\n")
    #expect(account.reason == "no-continuity")
  }

  @Test func whatWasServedHadRoomInEachPart() throws {
    let served = try account(of: "last", in: Self.segments)
    #expect(served.outcome == "lit")
    let path = try #require(served.paths.first)
    #expect(path.lineRate == 1e11 && path.free == 2 && path.freeOnFullest == 2)
  }

  private static func nineDigits(_ number: Int64) -> String {
    let text = String(number)
    return String(repeating: "0", count: 9 - text.count) + text
  }

  private struct Drawn: RandomNumberGenerator {
    var stream: RandomStream
    mutating func next() -> UInt64 { stream.next() }
  }
}
