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
