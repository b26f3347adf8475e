// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Statistics

@Suite struct BatchMeansTests {
  @Test(arguments: [0, 1, 19, 20, 39, 40, 41, 1000, 12_345])
  func theMeanIsThatOfAllValues(count: Int) {
    var batches = BatchMeans()
    var stream = RandomStream(seed: 1, name: "values")
    var sum = 0.0
    for _ in 0..<count {
      let value = stream.nextUniform()
      batches.add(value)
      sum += value
    }
    #expect(batches.count == count)
    #expect(count == 0 ? batches.mean.isNaN : abs(batches.mean - sum / Double(count)) < 1e-12)
    #expect((batches.interval != nil) == (count >= 20))
  }

  @Test func itEqualsTheBatchMeansOfTheKeptSeries() throws {
    // 20 * 512 values: joined nine times, in twenty batches of 512.
    var batches = BatchMeans()
    var stream = RandomStream(seed: 2, name: "values")
    let series = (0..<20 * 512).map { _ in stream.nextUniform() }
    for value in series { batches.add(value) }
    let kept = try #require(ConfidenceInterval(batchMeansOf: series, warmUp: 0, batches: 20))
    let interval = try #require(batches.interval)
    #expect(abs(interval.mean - kept.mean) < 1e-12)
    #expect(abs(interval.halfWidth - kept.halfWidth) < 1e-12)
  }

  @Test func aSeriesWhoseNeighboursAgreeHasAWiderInterval() throws {
    var alone = BatchMeans()
    var clustered = BatchMeans()
    var stream = RandomStream(seed: 3, name: "values")
    for _ in 0..<100 {
      let value = stream.nextUniform()
      for _ in 0..<100 {
        clustered.add(value)
        alone.add(stream.nextUniform())
      }
    }
    let narrow = try #require(alone.interval)
    let wide = try #require(clustered.interval)
    #expect(wide.halfWidth > 5 * narrow.halfWidth)
    #expect(narrow.contains(0.5))
  }
}
