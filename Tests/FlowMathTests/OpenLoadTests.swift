// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// Streams that do not slow down, by hand and by what must hold for all of them.
@Suite struct OpenLoadTests {
  @Test func whatIsLostEarlyDoesNotArriveLate() {
    // 8 and 4 on a link of 6: half of each passes. Then 4 of the first meet 3 of a third stream on
    // a link of 3.5: again half.
    var open = OpenLoad(links: 2)
    open.setLink(0, room: 6, otherLoss: 0)
    open.setLink(1, room: 3.5, otherLoss: 0)
    for path in [[0, 1], [0], [1]] as [[Int32]] { open.addStream(path: path) }
    for (stream, rate) in [8.0, 4, 3].enumerated() { open.setRate(ofStream: stream, to: rate) }
    #expect(open.solve() < 5)
    #expect(open.arriving(atLink: 0) == 12 && open.arriving(atLink: 1) == 7)
    #expect(open.overload(ofLink: 0) == 0.5 && open.overload(ofLink: 1) == 0.5)
    #expect(open.carried(byLink: 0) == 6 && open.carried(byLink: 1) == 3.5)
  }

  @Test func aRingThatFeedsItselfSettles() {
    // Three links of 1, each with a stream over it and the next: a = r + r/a, for r = 1 the golden
    // ratio.
    var open = OpenLoad(links: 3)
    for link in 0..<3 {
      open.setLink(link, room: 1, otherLoss: 0)
      open.addStream(path: [Int32(link), Int32((link + 1) % 3)])
      open.setRate(ofStream: link, to: 1)
    }
    open.solve()
    for link in 0..<3 { #expect(abs(open.arriving(atLink: link) - 1.618033988749895) < 1e-9) }
  }

  @Test func higherRanksLoseNothingAsLongAsTheyFit() {
    // 4 and 9 of the first two ranks on a link of 10, 5 of the third: 6 and nothing get through.
    // On the next link 6 of the second rank meet 3 of the first on a room of 6: 3 are lost.
    var open = OpenLoad(links: 0)
    open.addRankedLink(ranks: 3)
    open.addRankedLink(ranks: 2)
    open.setLink(0, room: 10, otherLoss: 0)
    open.setLink(3, room: 6, otherLoss: 0)
    for path in [[0], [1, 4], [2], [3]] as [[Int32]] { open.addStream(path: path) }
    for (stream, rate) in [4.0, 9, 5, 3].enumerated() { open.setRate(ofStream: stream, to: rate) }
    for _ in 0..<2 {
      open.solve()
      #expect((0..<5).map { open.carried(byLink: $0) } == [4, 6, 0, 3, 3])
      #expect((0..<5).map { open.overload(ofLink: $0) } == [0, 1 - 6.0 / 9, 1, 0, 0.5])
      #expect((0..<5).map { open.room(ofLink: $0) } == [10, 6, 0, 6, 3])
    }
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
    var ranked = OpenLoad(links: 0)
    for link in 0..<4 {
      ranked.addRankedLink(ranks: 3)
      ranked.setLink(3 * link, room: rooms[link], otherLoss: 0)
    }
    for (index, stream) in streams.enumerated() {
      ranked.addStream(path: stream.path.map { Int32(3 * $0 + stream.rank) })
      ranked.setRate(ofStream: index, to: stream.rate)
    }
    #expect(ranked.solve() < OpenLoad.mostRounds)
    var left = rooms
    for rank in 0..<3 {
      var plain = OpenLoad(links: 4)
      for link in 0..<4 { plain.setLink(link, room: left[link], otherLoss: 0) }
      for (index, stream) in streams.filter({ $0.rank == rank }).enumerated() {
        plain.addStream(path: stream.path.map { Int32($0) })
        plain.setRate(ofStream: index, to: stream.rate)
      }
      plain.solve()
      for link in 0..<4 {
        let place = 3 * link + rank
        #expect(abs(ranked.arriving(atLink: place) - plain.arriving(atLink: link)) < 1e-6)
        #expect(abs(ranked.carried(byLink: place) - plain.carried(byLink: link)) < 1e-6)
        left[link] = max(0, left[link] - plain.carried(byLink: link))
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func nothingIsNegativeAndNoLinkIsOverfull(seed: UInt64)
  {
    var random = TestRandom(state: seed)
    let extremes = [0, 1, 1e6, 1e12]
    var open = OpenLoad(links: 5)
    for link in 0..<5 {
      open.setLink(
        link, room: extremes.randomElement(using: &random) ?? 0,
        otherLoss: [0, 1e-3, 1].randomElement(using: &random) ?? 0)
    }
    for stream in 0..<8 {
      let length = Int.random(in: 1...5, using: &random)
      open.addStream(path: (0..<5 as Range<Int32>).shuffled(using: &random).prefix(length))
      open.setRate(ofStream: stream, to: extremes.randomElement(using: &random) ?? 0)
    }
    #expect(open.solve() < OpenLoad.mostRounds)
    for link in 0..<5 {
      #expect(open.arriving(atLink: link) >= 0)
      #expect(open.carried(byLink: link) <= open.room[link])
      #expect((0...1).contains(open.overload(ofLink: link)))
    }
  }
}
