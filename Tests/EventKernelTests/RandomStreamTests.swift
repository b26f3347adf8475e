// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import EventKernel

@Suite struct RandomStreamTests {
  @Test func theGeneratorGivesThePublishedNumbers() {
    // From the state 1, 2, 3, 4, as the authors' C code gives them.
    var stream = RandomStream(state: (1, 2, 3, 4))
    let expected: [UInt64] = [
      41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
      9_228_616_714_210_784_205, 9_973_669_472_204_895_162, 14_011_001_112_246_962_877,
      12_406_186_145_184_390_807, 15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
    ]
    #expect(expected.map { _ in stream.next() } == expected)
  }

  @Test func theSeedingGeneratorGivesThePublishedNumbers() {
    var generator = SplitMix64(state: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    ]
    #expect(expected.map { _ in generator.next() } == expected)
  }

  @Test func aStreamIsTheSameInEveryProcess() {
    // Written down once; they may never change, as every published result depends on them.
    var stream = RandomStream(seed: 42, name: "traffic/ingress/sizes")
    #expect(
      [stream.next(), stream.next()] == [15_227_692_531_368_720_985, 832_551_000_654_372_868])
    var unnamed = RandomStream(seed: 0, name: "")
    #expect(unnamed.next() == 2_435_304_262_126_314_353)
  }

  @Test func aStreamIsThirtyTwoBytes() {
    #expect(MemoryLayout<RandomStream>.size == 32)
  }

  @Test func uniformNumbersStayInTheirIntervals() {
    // Zeros make the first output 0, and with every bit set in s0 and none in s3 it is -1 + -1.
    var lowest = RandomStream(state: (0, 1, 0, 0))
    var copy = lowest
    #expect(lowest.nextUniform() == 0)
    #expect(copy.nextUniformPositive() == 0x1p-53)
    var highest = RandomStream(state: (0, 0, 0, .max))
    var same = highest
    #expect(highest.nextUniform() == 1 - 0x1p-53)
    #expect(same.nextUniformPositive() == 1)
  }

  @Test func theFirstDrawsOverNamesAreUniform() {
    let draws = (0..<10_000).map { firstDraw(seed: 1, name: "flow/\($0)") }
    // The mean of 10,000 uniform numbers has a standard deviation of 0.2887 / 100.
    #expect(abs(draws.reduce(0, +) / 10_000 - 0.5) < 4 * 0.002887)
    var cells = [Double](repeating: 0, count: 100)
    for draw in draws { cells[Int(draw * 100)] += 1 }
    let squares = cells.map { (cell: Double) -> Double in (cell - 100) * (cell - 100) }
    let chiSquare: Double = squares.reduce(0, +) / 100
    // 99 degrees of freedom: mean 99, standard deviation 14.1; four of them.
    #expect(abs(chiSquare - 99) < 56.4)
  }

  @Test func everyBitOfTheFirstDrawIsBalancedOverNames() {
    var ones = [Int](repeating: 0, count: 64)
    for index in 0..<10_000 {
      var stream = RandomStream(seed: 9, name: "\(index)")
      let draw = stream.next()
      for bit in 0..<64 { ones[bit] += Int(draw >> UInt64(bit) & 1) }
    }
    // 5,000 expected with a standard deviation of 50; of 64 bits the worst is within 4.5 of them.
    #expect(ones.allSatisfy { abs($0 - 5_000) < 225 })
  }

  @Test func streamsOfDifferentNamesAreNotCorrelated() {
    let streams = (0..<40).map { draws(1_000, seed: 3, name: "source-\($0)") }
    for (index, left) in streams.enumerated() {
      for right in streams[(index + 1)...] { #expect(abs(correlation(left, right)) < 0.16) }
    }
  }

  @Test func streamsOfNeighbouringSeedsAreNotCorrelated() {
    let streams = (0..<40).map { draws(1_000, seed: $0, name: "arrivals") }
    for (index, left) in streams.enumerated() {
      for right in streams[(index + 1)...] { #expect(abs(correlation(left, right)) < 0.16) }
    }
  }

  @Test func tensOfThousandsOfStreamsAllDiffer() {
    var firsts = Set<UInt64>()
    for seed in 0..<100 as Range<UInt64> {
      for name in 0..<300 {
        var stream = RandomStream(seed: seed, name: "n\(name)")
        firsts.insert(stream.next())
      }
    }
    #expect(firsts.count == 30_000)
  }
}

private func firstDraw(seed: UInt64, name: String) -> Double {
  var stream = RandomStream(seed: seed, name: name)
  return stream.nextUniform()
}

private func draws(_ count: Int, seed: UInt64, name: String) -> [Double] {
  var stream = RandomStream(seed: seed, name: name)
  return (0..<count).map { _ in stream.nextUniform() }
}

/// Pearson's correlation of uniform numbers, whose mean and variance are known.
///
/// For 1,000 pairs its standard deviation is 0.032; 0.16 is five of them.
private func correlation(_ left: [Double], _ right: [Double]) -> Double {
  zip(left, right).reduce(0) { $0 + ($1.0 - 0.5) * ($1.1 - 0.5) } * 12 / Double(left.count)
}
