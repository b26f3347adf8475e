// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import EventKernel

@Suite struct RunDigestTests {
  @Test func theOrderOfEventsCounts() {
    #expect(digest([1, 2, 3]) == digest([1, 2, 3]))
    #expect(digest([1, 2, 3]) != digest([1, 3, 2]))
    #expect(digest([]) != digest([0]))
    #expect(digest([0]) != digest([0, 0]))
  }

  @Test func timeKindAndSubjectAllCount() {
    let events: [(Int, UInt8, Int)] = [(1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2)]
    let digests = events.map { time, kind, subject in
      var digest = RunDigest()
      digest.combine(time: instant(time), kind: kind, subject: subject)
      return digest.value
    }
    #expect(Set(digests).count == events.count)
  }

  @Test func oneBitOfOneEventChangesHalfOfTheDigest() {
    let words = (0..<100).map { UInt64($0) }
    let plain = digest(words).value
    var flipped = 0
    for bit in 0..<64 {
      var changed = words
      changed[50] ^= 1 << UInt64(bit)
      flipped += (digest(changed).value ^ plain).nonzeroBitCount
    }
    // 64 digests of 64 bits: 2,048 flips expected, with a standard deviation of 32.
    #expect(abs(flipped - 2_048) < 160)
  }

  @Test func theDescriptionIsSixteenDigitsAndNeverChanges() {
    #expect(RunDigest().description.count == 16)
    // Written down once: digests are kept in files and compared over years.
    #expect(digest([1, 2, 3]).description == "1afd42ab36ca7ecb")
  }
}

private func digest(_ words: [UInt64]) -> RunDigest {
  var digest = RunDigest()
  for word in words { digest.combine(word) }
  return digest
}
