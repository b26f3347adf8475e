// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import NetworkModel
import Scheduling
import Statistics
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// What flows get in turn, beside a list of all of them that is sorted and gone through.
@Suite struct GrantsInTurnTests {
  /// Routes over a few links, several to an entry's policy, some of them the same: hundreds of flows
  /// wait at once, with floors and without.
  private func model(seed: Int) -> Model {
    var random = RandomStream(seed: UInt64(seed), name: "turns")
    var sketch = ElasticSketch()
    sketch.sketch.seed = UInt64(seed)
    for index in 0..<4 {
      sketch.sketch.link("l\(index)", Double(1 + Int(random.nextUniform() * 20)) * 1e9)
    }
    let paths = [[0], [1, 2], [0, 1], [2, 3], [0, 3, 2], [0, 1]]
    for (entry, path) in paths.enumerated() {
      sketch.add(
        "e\(entry)", over: path,
        [
          ElasticSketch.tier("gold", 2e6, 4e9), ElasticSketch.tier("iron", 0, 1e10),
          ElasticSketch.tier("flat", 1e6, 1e6, share: 0.1),
        ],
        arrivals: .bursty(perSecond: 20, variation: 2),
        sizes: seed % 4 == 0 ? .fixed(2e8) : .exponential(mean: 2e8), count: 60,
        slack: 1 + random.nextUniform() * 5,
        scheduling: entry < 4 || seed % 2 == 0 ? .smallestFirst : .earliestDeadline)
    }
    if seed % 3 == 0 {
      for _ in 0..<5 {
        let (link, at) = (Int(random.nextUniform() * 4), Int64(random.nextUniform() * 3e9))
        sketch.sketch.change(link, at: at, .fail)
        sketch.sketch.change(link, at: at + 1 + Int64(random.nextUniform() * 1e9), .repair)
      }
    }
    return sketch.model
  }

  /// What each flow that sends should have been granted at this instant, by its place.
  private func plainGrants(_ run: Run) -> [Int: Double] {
    let book = run.elastic.book
    var room = run.world.model.topology.links.indices.map { run.world.capacityForFlows($0) }
    for sender in book.sending {
      for link in book[sender.flow].links { room[Int(link.index)] -= sender.floor }
    }
    let turns = book.sending.indices.map { place -> (GrantRank, group: Int, place: Int) in
      let sender = book.sending[place]
      let flow = book[sender.flow]
      let left = run.world.fluid.bitsLeft(
        ofNextIn: sender.flowClass.index, at: run.now.nanoseconds)
      let isByDeadline = book.entries[flow.entry].scheduling == .earliestDeadline
      let due = sender.deadline.map { Double($0.nanoseconds) } ?? .infinity
      let turn = GrantTurn(
        flowClass: sender.flowClass, entry: Int32(flow.entry), arrival: flow.record.arrival,
        number: flow.number, standing: .nan)
      // What it has sent since the end within this nanosecond that grants follow is no part of its rank.
      let rank = isByDeadline ? due : (left / 100).rounded()
      return (GrantRank(turn) { _ in rank }, book.groups[flow.entry], place)
    }
    var grants: [Int: Double] = [:]
    for turn in turns.sorted(by: { $0.group != $1.group ? $0.group < $1.group : $0.0 < $1.0 }) {
      let sender = book.sending[turn.place]
      let links = book[sender.flow].links.map { Int($0.index) }
      let extra = max(0, links.reduce(sender.ceiling - sender.floor) { min($0, room[$1]) })
      for link in links { room[link] -= extra }
      grants[turn.place] = sender.floor + extra
    }
    return grants
  }

  /// What flows wait for is the first link in their way that is down, or that has nothing left.
  @Test(arguments: 0..<6) func theyWaitForTheFirstFullLink(seed: Int) throws {
    var (waiting, atCeiling) = (0, 0)
    _ = try CompletedRun(
      model(seed: seed), instants: 1,
      looking: { run in
        let (book, grants) = (run.elastic.book, plainGrants(run))
        var room = run.world.model.topology.links.indices.map { run.world.capacityForFlows($0) }
        for (place, sender) in book.sending.enumerated() {
          for link in book[sender.flow].links { room[Int(link.index)] -= grants[place] ?? 0 }
        }
        // Of links that have less than all floors, those are cut that cross them.
        guard room.allSatisfy({ $0 > -1 }) else { return }
        for sender in book.sending {
          let held = run.world.fluid.bottleneck(ofClass: sender.flowClass.index)
          guard sender.grant < sender.ceiling else {
            #expect(held == nil)
            atCeiling += 1
            continue
          }
          let links = book[sender.flow].links
          let down = links.firstIndex { run.world.capacityForFlows(Int($0.index)) == 0 }
          #expect(held == down ?? links.firstIndex { room[Int($0.index)] <= 0 })
          waiting += 1
        }
      })
    #expect(waiting > 300 && atCeiling > 300)
  }

  @Test(arguments: 0..<12) func theyAreThoseOfASortedList(seed: Int) throws {
    var (round, rounds, most) = (0, 0, 0)
    _ = try CompletedRun(
      model(seed: seed), instants: 1,
      looking: { run in
        guard run.elastic.book.round != round else { return }
        round = run.elastic.book.round
        rounds += 1
        most = max(most, run.elastic.book.sending.count)
        let plain = plainGrants(run)
        for (place, sender) in run.elastic.book.sending.enumerated() {
          #expect(abs(sender.grant - (plain[place] ?? -1)) <= 1e-3, "\(sender) at \(run.now)")
        }
      })
    #expect(rounds > 300 && most > 50)
  }

  /// Only flows whose rate has changed are looked at, yet each has the least and the most it had.
  @Test(arguments: 0..<6) func noRateIsOverlooked(seed: Int) throws {
    var rates: [ElasticID: (number: Int, least: Double, most: Double)] = [:]
    _ = try CompletedRun(
      model(seed: seed), instants: 1,
      looking: { run in
        let book = run.elastic.book
        for sender in book.sending {
          let rate = run.world.fluid.rate(ofClass: sender.flowClass.index)
          let number = book[sender.flow].entry * 1000 + book[sender.flow].number
          let known = rates[sender.flow].flatMap { $0.number == number ? $0 : nil }
          let (least, most) = (min(known?.least ?? .infinity, rate), max(known?.most ?? 0, rate))
          rates[sender.flow] = (number, least, most)
          #expect(sender.leastRate == least && sender.mostRate == most)
        }
      })
    #expect(!rates.isEmpty)
  }
}
