// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Testing

@testable import Statistics

@Suite struct QuantileSketchTests {
  @Test func fewValuesHaveExactQuantilesOfType7() {
    var sketch = QuantileSketch()
    for value in [40.0, 10, 30, 20] { sketch.add(value) }
    // Position 0.5 * 3 = 1.5 is between 20 and 30; position 0.9 * 3 = 2.7 is 30 + 0.7 * 10.
    #expect(sketch.quantiles([0, 0.5, 1]) == [10, 25, 40])
    #expect(abs((sketch.quantile(0.9) ?? 0) - 37) < 1e-12)
    #expect(sketch.mean == 25)
  }

  /// Values in any order have the ranks that sorting gives them, whichever are asked for.
  @Test func ranksAreThoseOfSortedValues() {
    var stream = RandomStream(seed: 4, name: "ranks")
    let count = 3_000
    let orders: [[Double]] = [
      (0..<count).map { _ in stream.nextUniform() },
      (0..<count).map { Double($0) }, (0..<count).map { Double(count - $0) },
      (0..<count).map { Double(min($0, count - $0)) }, (0..<count).map { $0 % 50 == 0 ? 2 : 1 },
      [3, 1, 2],
    ]
    for values in orders {
      let sorted = values.sorted()
      var ranked = RankedValues(values)
      for fraction in [0.5, 0.95, 0.99, 1, 0, 0.1, 0.5] {
        let rank = Int(fraction * Double(values.count - 1))
        #expect(ranked.value(at: rank) == sorted[rank])
      }
    }
  }

  @Test func anEmptySketchHasNoQuantile() {
    #expect(QuantileSketch().quantile(0.5) == nil)
    #expect(QuantileSketch().quantiles([0.5, 0.9]).isEmpty)
    #expect(QuantileSketch().mean == 0)
  }

  @Test func aMillionHeavyTailedValuesStayWithinAThousandth() {
    var stream = RandomStream(seed: 11, name: "sketch")
    let sampler = Sampler(.boundedPareto(alpha: 0.9, minimum: 1e-3, maximum: 1e9))
    let values = (0..<1_000_000).map { _ in sampler.next(using: &stream) }
    var sketch = QuantileSketch()
    for value in values { sketch.add(value) }
    #expect(!sketch.isExact)
    let sorted = values.sorted()
    for fraction in [0, 1e-5, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 0.99999, 1] {
      let position = fraction * 999_999
      let lower = sorted[Int(position)]
      let upper = sorted[min(Int(position) + 1, 999_999)]
      let exact = lower + (upper - lower) * (position - position.rounded(.down))
      let found = sketch.quantile(fraction) ?? -1
      #expect(abs(found - exact) <= 0.001 * exact, "at \(fraction)")
    }
    #expect(sketch.minimum == sorted.first)
    #expect(sketch.maximum == sorted.last)
  }

  /// A value that stands for many is as many values.
  @Test func aValueMayStandForMany() throws {
    var (one, other) = (QuantileSketch(), QuantileSketch(exactLimit: 0))
    for (value, times) in [(3.0, 2000), (0.5, 1), (7.25, 999), (1, 0), (0, 10)] {
      if value == 7.25 { one.add(2) }
      if value == 7.25 { other.add(2) }
      one.add(value, times: times)
      for _ in 0..<times { other.add(value) }
    }
    #expect(one.count == 3011 && one.count == other.count)
    #expect(one.minimum == 0 && one.maximum == 7.25)
    #expect(abs(one.mean - (6000 + 0.5 + 999 * 7.25 + 2) / 3011) < 1e-12)
    for fraction in [0, 0.003, 0.1, 0.5, 0.667, 0.668, 0.99, 1] {
      #expect(one.quantile(fraction) == other.quantile(fraction))
    }
  }

  @Test func theMeanKeepsItsDigits() {
    var sketch = QuantileSketch(exactLimit: 10)
    sketch.add(1e16)
    // A plain sum would lose every one of these.
    for _ in 0..<1_000 { sketch.add(1) }
    let sum: Double = 1e16 + 1_000
    #expect(sketch.mean == sum / 1_001)
  }

  @Test func zerosAndTheWholeRangeAreCounted() {
    var sketch = QuantileSketch(exactLimit: 0)
    for value in [0, 0, 1e-300, 1, 1e300] { sketch.add(value) }
    #expect(sketch.quantile(0) == 0)
    #expect(sketch.quantile(0.25) == 0)
    // The range is wider than is kept, so the lowest values share a bucket; the top is exact.
    #expect(sketch.quantile(1) == 1e300)
    for _ in 0..<10 { sketch.add(1e299) }
    #expect(abs((sketch.quantile(0.6) ?? 0) / 1e299 - 1) < 0.001)
  }
}
