// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Statistics
import Testing
import Traffic

/// What presets draw, against the figures of the traces that they are made from.
@Suite struct WorkloadPresetTests {
  private static let figures = WorkloadPreset.builtIn().flatMap { preset in
    preset.figures.map { (preset.name, $0) }
  }

  @Test func theTableHasWhatItSays() throws {
    let names = WorkloadPreset.builtIn().map(\.name)
    #expect(
      names == ["azure-code", "azure-conversation", "mooncake-conversation", "philly", "hpc2n"])
    let philly = try #require(WorkloadPreset.builtIn(named: "philly"))
    #expect(philly.isOfJobs && philly.daily.count == 24)
    #expect(abs(philly.daily.reduce(0, +) - 24) < 1e-12)
    // 8.70 % of the jobs come from 7 to 8, and the shares add up to 0.9998.
    #expect(abs(philly.daily[7] - 24 * 0.0870 / 0.9998) < 1e-12)
    #expect(WorkloadPreset.builtIn(named: "hpc2n")?.arrivals == nil)
    #expect(WorkloadPreset.builtIn(named: "azure-code")?.isOfJobs == false)
  }

  @Test(arguments: figures)
  func meanAndVariationAreThoseOfTheTrace(name: String, figure: WorkloadPreset.Figure) {
    let drawn = figure.distribution
    // The shares of numbers of processors are rounded to 1e-4.
    let tolerance = if case .empirical = drawn { 0.005 } else { 1e-9 }
    #expect(abs(drawn.mean / figure.mean - 1) < tolerance)
    let variation = drawn.variance.squareRoot() / drawn.mean
    #expect(abs(variation / figure.variation - 1) < tolerance)
  }

  @Test(arguments: figures)
  func whatIsDrawnHasThatMeanAndNearlyThoseQuantiles(
    name: String, figure: WorkloadPreset.Figure
  ) {
    let count = 200_000
    var stream = RandomStream(seed: 3, name: "\(name)/\(figure.quantity)")
    let sampler = Sampler(figure.distribution)
    let values = (0..<count).map { _ in sampler.next(using: &stream) }.sorted()
    // Five standard errors of the mean.
    let mean = values.reduce(0, +) / Double(count)
    let error = 5 * figure.variation / Double(count).squareRoot()
    #expect(abs(mean / figure.mean - 1) < error + 0.005)
    for (fraction, known) in zip(WorkloadPreset.fractions, figure.quantiles) where fraction >= 0.5 {
      // Gaps of Mooncake are whole multiples of 3 s, most of them 0, which no density has.
      guard known > 0, !(name == "mooncake-conversation" && figure.quantity == .gap) else {
        continue
      }
      let ratio = values[Int(fraction * Double(count))] / known
      let bound = mostOff(figure.quantity)
      #expect(ratio < bound && ratio > 1 / bound, "p\(fraction): \(ratio)")
    }
  }

  /// By what factor quantiles from the median on may be off: docs/model/traces.md has them all.
  private func mostOff(_ quantity: WorkloadPreset.Quantity) -> Double {
    switch quantity {
    case .input, .output, .processors: 1.4
    case .runTime: 2.7
    case .gap: 3.2
    }
  }

  @Test(arguments: ["azure-code", "azure-conversation", "mooncake-conversation", "philly"])
  func arrivalsHaveTheirBurstiness(name: String) throws {
    let preset = try #require(WorkloadPreset.builtIn(named: name))
    let figure = try #require(preset[.gap])
    let arrivals = try #require(preset.arrivals)
    let count = 200_000
    var state = GeneratorState(
      Generator(
        name: "g", trafficClass: 0, arrivals: arrivals, sizes: .fixed(1),
        routes: [.init(route: 0, weight: 1)], count: count), seed: 11)
    var previous = 0.0
    var gaps: [Double] = []
    while let flow = state.next() {
      gaps.append(flow.start.seconds - previous)
      previous = flow.start.seconds
    }
    switch arrivals {
    case .lognormal:
      // Moments of so long a tail converge too slowly: those of the logarithm tell the same, and
      // five standard errors of theirs are 5 s / sqrt(n) and 5 s / sqrt(2 n).
      let variance = log1p(figure.variation * figure.variation)
      let logs = gaps.map { log($0) }
      let mean = logs.reduce(0, +) / Double(count)
      let found = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
      let sigma = variance.squareRoot()
      let error = 5 * sigma / Double(count).squareRoot()
      #expect(abs(mean - (log(figure.mean) - variance / 2)) < error)
      #expect(abs(found - sigma) < error)
    default:
      let mean = gaps.reduce(0, +) / Double(count)
      let square = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      let variation = figure.variation
      #expect(abs(mean / figure.mean - 1) < 5 * variation / Double(count).squareRoot())
      let error =
        5 * variation * ((2 + 10 * variation * variation) / Double(4 * count)).squareRoot()
      #expect(abs(square.squareRoot() / mean - variation) < error)
    }
  }
}
