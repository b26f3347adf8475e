// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// Streams that do not slow down, by hand and by what must hold for all of them.
@Suite struct OpenLoadTests {
  /// Links with rooms, behind queues so large that they are fluids, or as large as is said.
  private func open(
    rooms: [Double], ranks: Int = 0, places: Double = 1e7, otherLoss: Double = 0
  ) -> OpenLoad {
    let ranked = ranks > 0 ? rooms.count : 0
    var open = OpenLoad(links: ranks > 0 ? 0 : rooms.count, ranked: ranked, ranks: max(1, ranks))
    for place in 0..<(rooms.count * max(1, ranks)) {
      open.setQueue(at: place, packet_bits: 1e-3, places: places, 1)
      open.setLink(place, room: rooms[place / max(1, ranks)], otherLoss: otherLoss)
    }
    return open
  }

  private func isNear(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(found - expected) <= tolerance * max(1, abs(expected))
  }

  @Test func whatIsLostEarlyDoesNotArriveLate() {
    // 8 and 4 on a link of 6: half of each passes. Then 4 of the first meet 3 of a third stream on
    // a link of 3.5: again half.
    var open = open(rooms: [6, 3.5])
    for path in [[0, 1], [0], [1]] as [[Int32]] { open.addStream(path: path) }
    for (stream, rate) in [8.0, 4, 3].enumerated() { open.setRate(ofStream: stream, to: rate) }
    #expect(open.solve(.mm1k) < 5)
    #expect(open.arriving(at: 0) == 12 && isNear(open.arriving(at: 1), 7))
    #expect(isNear(open.loss(at: 0).overload, 0.5) && isNear(open.loss(at: 1).overload, 0.5))
    #expect(isNear(open.carried(at: 0), 6) && isNear(open.carried(at: 1), 3.5))
  }

  @Test func aQueueSeesWhatArrivesAtIt() {
    // M/M/1/10 at a load of 0.8 loses 0.8^10 0.2 / (1 - 0.8^11), and the next link at what is left.
    func loss(_ load: Double) -> Double {
      let weights = (0...10).map { n in (0..<n).reduce(1.0) { product, _ in product * load } }
      return weights[10] / weights.reduce(0, +)
    }
    var open = open(rooms: [12, 12], places: 10)
    open.addStream(path: [0, 1] as [Int32])
    open.setRate(ofStream: 0, to: 9.6)
    open.solve(.mm1k)
    let first = loss(0.8)
    let second = loss(0.8 * (1 - first))
    #expect(isNear(open.loss(at: 0).queue, first, 1e-12) && first > 0.023)
    #expect(isNear(open.loss(at: 1).queue, second, 1e-12) && second < 0.02)
    #expect(isNear(open.carried(at: 1), 9.6 * (1 - first) * (1 - second)))
  }

  @Test func aRingThatFeedsItselfSettles() {
    // Three links of 1, each with a stream over it and the next: a = r + r/a, for r = 1 the golden
    // ratio.
    var open = open(rooms: [1, 1, 1])
    for link in 0..<3 {
      open.addStream(path: [Int32(link), Int32((link + 1) % 3)])
      open.setRate(ofStream: link, to: 1)
    }
    open.solve(.mm1k)
    for link in 0..<3 { #expect(isNear(open.arriving(at: link), 1.618033988749895)) }
  }

  /// Plain rounds swing here for ever: what one round lets through the next one has to lose.
  @Test(arguments: [0.5, 1, 2], [10.0, 1000]) func longWaysRoundARingSettle(
    rate: Double, places: Double
  ) {
    var open = open(rooms: Array(repeating: 1, count: 12), places: places)
    for link in 0..<12 {
      open.addStream(path: (0..<11).map { Int32((link + $0) % 12) })
      open.setRate(ofStream: link, to: rate)
    }
    #expect(open.solve(.mm1k) < 200)
    for link in 0..<12 {
      // The same everywhere: what arrives is the rate times 1 + p + ... + p^10.
      let passes = open.carried(at: link) / open.arriving(at: link)
      var all = 0.0
      for _ in 0..<11 { all = 1 + passes * all }
      #expect(isNear(open.arriving(at: link), rate * all))
      #expect(open.carried(at: link) <= 1)
    }
  }

  @Test func higherRanksLoseNothingAsLongAsTheyFit() {
    // 4 and 9 of the first two ranks on a link of 10, 5 of the third: 6 and nothing get through.
    // On the next link 6 of the second rank meet 3 of the first on a room of 6: 3 are lost.
    var open = open(rooms: [10, 6], ranks: 3)
    for path in [[0], [1, 4], [2], [3]] as [[Int32]] { open.addStream(path: path) }
    for (stream, rate) in [4.0, 9, 5, 3].enumerated() { open.setRate(ofStream: stream, to: rate) }
    for _ in 0..<2 {
      open.solve(.mm1k)
      for (place, expected) in [4.0, 6, 0, 3, 3].enumerated() {
        #expect(isNear(open.carried(at: place), expected, 1e-5))
      }
      for (place, expected) in [0, 1 - 6.0 / 9, 1, 0, 0.5].enumerated() {
        #expect(isNear(open.loss(at: place).overload, expected, 1e-5))
      }
      for (place, expected) in [10.0, 6, 0, 6, 3].enumerated() {
        #expect(isNear(open.room(at: place), expected, 1e-5))
      }
    }
  }

  /// The whole rest of a link to a stream beside flows, or a share of it.
  @Test func streamsBesideFlowsLoseTheRestOfTheLaw() {
    var plain = open(rooms: [10], places: 10)
    plain.addStream(path: [0] as [Int32])
    plain.setRate(ofStream: 0, to: 11)
    plain.solve(.mm1k)
    var open = open(rooms: [10], places: 10)
    open.addStream(path: [0] as [Int32])
    open.addStream(path: [0] as [Int32], isBeside: true)
    open.setRate(ofStream: 0, to: 5)
    open.setRate(ofStream: 1, to: 6)
    open.setShare(ofStream: 1, to: 5.5, heldAt: 0)
    open.solve(.mm1k)
    let beside = open.besideLoss(at: 0)
    // Those ahead lose what they would on a link that is just full: 1 in 11.
    #expect(isNear(open.loss(at: 0).queue, 1.0 / 11))
    let carried = open.carried(at: 0) + 6 * (1 - beside.overload) * (1 - beside.queue)
    #expect(isNear(carried, plain.carried(at: 0)))
    // Held to less than that by flows, it loses that.
    open.setShare(ofStream: 1, to: 2, heldAt: 0)
    open.solve(.mm1k)
    #expect(isNear(open.besideLoss(at: 0).overload, 1 - 2.0 / 6))
  }

  /// A rank is a problem of its own, on the links that those before it leave.
  @Test(arguments: 0..<40 as Range<UInt64>) func ranksAreTakenOneAfterTheOther(seed: UInt64) {
    var random = TestRandom(state: seed)
    let rooms = (0..<4).map { _ in Double.random(in: 0...10, using: &random) }
    let streams = (0..<9).map { _ in
      (
        path: (0..<4).shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)),
        rank: Int.random(in: 0..<3, using: &random), rate: Double.random(in: 0...8, using: &random)
      )
    }
    var ranked = open(rooms: rooms, ranks: 3)
    for (index, stream) in streams.enumerated() {
      ranked.addStream(path: stream.path.map { Int32(3 * $0 + stream.rank) })
      ranked.setRate(ofStream: index, to: stream.rate)
    }
    #expect(ranked.solve(.mm1k) < OpenLoad.mostRounds)
    var left = rooms
    for rank in 0..<3 {
      var plain = open(rooms: left)
      for (index, stream) in streams.filter({ $0.rank == rank }).enumerated() {
        plain.addStream(path: stream.path.map { Int32($0) })
        plain.setRate(ofStream: index, to: stream.rate)
      }
      plain.solve(.mm1k)
      for link in 0..<4 {
        let place = 3 * link + rank
        #expect(abs(ranked.arriving(at: place) - plain.arriving(at: link)) < 1e-4)
        #expect(abs(ranked.carried(at: place) - plain.carried(at: link)) < 1e-4)
        left[link] = max(0, left[link] - plain.carried(at: link))
      }
    }
  }

  /// What sets out arrives at the end, or is lost at one link.
  @Test(arguments: 0..<60 as Range<UInt64>) func nothingAppearsAndNoLinkIsOverfull(seed: UInt64) {
    var random = TestRandom(state: seed)
    let extremes = [0, 1, 1e6, 1e12]
    let isRanked = seed % 3 == 2
    var open = open(
      rooms: (0..<5).map { _ in extremes.randomElement(using: &random) ?? 0 },
      ranks: isRanked ? 2 : 0, places: [1, 2, 30, 1e5].randomElement(using: &random) ?? 1,
      otherLoss: [0, 1e-3, 1].randomElement(using: &random) ?? 0)
    let other = 1 - open.onward(at: 0)
    let places = isRanked ? 10 : 5
    var rates: [(path: [Int], rate: Double)] = []
    for stream in 0..<8 {
      let length = Int.random(in: 1...5, using: &random)
      let path = (0..<5).shuffled(using: &random).prefix(length).map {
        isRanked ? 2 * $0 + stream % 2 : $0
      }
      open.addStream(path: path.map { Int32($0) }, variability: [1, 4][stream % 2])
      rates.append((path, extremes.randomElement(using: &random) ?? 0))
      open.setRate(ofStream: stream, to: rates[stream].rate)
    }
    #expect(open.solve([.mm1k, .md1k, .twoMoments][Int(seed % 3)]) < OpenLoad.mostRounds)
    for place in 0..<places {
      #expect(open.arriving(at: place) >= 0)
      #expect(open.carried(at: place) <= open.room(at: place) * (1 + 1e-12))
      #expect((0...1).contains(open.loss(at: place).overload))
      #expect((0...1).contains(open.loss(at: place).queue))
    }
    var out = 0.0
    for (path, rate) in rates {
      out += path.reduce(rate) { left, place in
        left * (open.room(at: place) > 0 ? 1 - open.lossInAll(at: place) : 0) * (1 - other)
      }
    }
    let lost = (0..<places).reduce(0.0) {
      $0 + open.arriving(at: $1) - open.carried(at: $1) * (1 - other)
    }
    let all = rates.reduce(0) { $0 + $1.rate }
    #expect(abs(out + lost - all) <= 1e-9 * all)
  }

  /// Links at rest are left out of answers, and are found as if they had not been.
  @Test func whatRestsIsFoundAsIfItHadBeenLookedAt() {
    var random = TestRandom(state: 3)
    let rooms: [Double] = [0, 1, 5, 1, 5, 1, 0, 5]
    var lazy = open(rooms: rooms, places: 5)
    var eager = open(rooms: rooms, places: 5)
    var flows = [Double](repeating: 0, count: rooms.count)
    for round in 0..<60 {
      let changed = Int.random(in: 0..<rooms.count, using: &random)
      flows[changed] = [0.0, 0, 0.5, 7].randomElement(using: &random) ?? 0
      for link in rooms.indices {
        eager.setLink(link, room: rooms[link], flows: flows[link], otherLoss: 0)
      }
      lazy.setLink(changed, room: rooms[changed], flows: flows[changed], otherLoss: 0)
      if round % 20 == 0 {
        lazy.removeStreams()
        eager.removeStreams()
      }
      if round % 20 == 9 {
        lazy.addStream(path: [Int32(changed)])
        eager.addStream(path: [Int32(changed)])
        lazy.setRate(ofStream: 0, to: 0.8)
        eager.setRate(ofStream: 0, to: 0.8)
      }
      let rounds = [lazy.solve(QueueLaw.mm1k), eager.solve(QueueLaw.mm1k)]
      #expect(rounds[0] == rounds[1])
      for link in rooms.indices {
        let (loss, wait) = (lazy.loss(at: link), lazy.wait(at: link))
        #expect(loss == eager.loss(at: link) && wait == eager.wait(at: link))
      }
    }
    #expect(!rooms.indices.allSatisfy { lazy.isAwake(at: $0) })
  }
}

extension OpenLoad {
  fileprivate func onward(at place: Int) -> Double { load[place].onward }
  fileprivate func lossInAll(at place: Int) -> Double { load[place].loss }
}
