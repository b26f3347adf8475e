// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing

@testable import Statistics

@Suite struct SobolIndicesTests {
  struct Case: Sendable {
    let count: Int
    let first: [Double]
    let total: [Double]
    let pairs: [Double]
  }

  /// From SALib 1.6.0 on unscrambled Sobol points.
  static let ishigami = [
    Case(
      count: 256, first: [0.32603897195923004, 0.4820072841939925, 0.011125510338570368],
      total: [0.5646024820275063, 0.457007142980521, 0.2506488435437758],
      pairs: [-0.018110907981888857, 0.2648898732606022, -0.005645845624610537]),
    Case(
      count: 1024, first: [0.33295510535317324, 0.4413139385440669, 0.018578437929572516],
      total: [0.5581790457114659, 0.4432845840303481, 0.2421493733549653],
      pairs: [-4.955281413510093e-05, 0.22760710553788024, 0.0048765516488903544]),
    Case(
      count: 8192, first: [0.3148186341884196, 0.4424174366540672, 0.0007583597152351842],
      total: [0.55864564393522, 0.4424187604856449, 0.24344896729915175],
      pairs: [2.4686436164378378e-05, 0.24272536705962833, -2.802930003869262e-06]),
  ]

  private static func ishigami(_ unit: [Double]) -> Double {
    let x = unit.map { Double.pi * (2 * $0 - 1) }
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * x[2] * x[2] * x[2] * x[2] * sin(x[0])
  }

  private static func indices(
    _ design: SaltelliDesign, resamples: Int = 2, _ model: ([Double]) -> Double
  ) throws -> SobolIndices {
    let outputs = design.points.map(model)
    #expect(outputs.count == design.count)
    return try #require(SobolIndices(outputs: outputs, of: design, resamples: resamples))
  }

  @Test(arguments: ishigami) func ishigamisIndicesAreThoseOfSALib(_ expected: Case) throws {
    let design = SaltelliDesign(factors: 3, baseCount: expected.count, hasPairs: true)
    let found = try Self.indices(design, Self.ishigami)
    for (one, other) in zip(found.first, expected.first) { #expect(abs(one.mean - other) < 1e-9) }
    for (one, other) in zip(found.total, expected.total) { #expect(abs(one.mean - other) < 1e-9) }
    for (one, other) in zip(found.pairs, expected.pairs) {
      #expect(abs(one.index.mean - other) < 1e-9)
    }
    #expect(found.pairs.map { [$0.factors.0, $0.factors.1] } == [[0, 1], [0, 2], [1, 2]])
  }

  /// The exact indices are those of Ishigami and Homma (1990) with a = 7 and b = 0.1.
  @Test func ishigamisIndicesAreExactNearly() throws {
    let found = try Self.indices(SaltelliDesign(factors: 3, baseCount: 8192), Self.ishigami)
    let first = [0.31390519114781146, 0.4424111447900408, 0]
    let total = [0.5575888552099592, 0.4424111447900408, 0.24368366406214775]
    for (one, exact) in zip(found.first, first) { #expect(abs(one.mean - exact) < 0.002) }
    for (one, exact) in zip(found.total, total) { #expect(abs(one.mean - exact) < 0.002) }
    #expect(found.pairs.isEmpty)
  }

  /// Sobol's g has V_i = 1 / (3 (1 + a_i)^2), and its variance is the product of 1 + V_i less 1.
  @Test func theIndicesOfSobolsGAreExactNearly() throws {
    let a = [0, 1, 4.5, 9]
    let found = try Self.indices(SaltelliDesign(factors: 4, baseCount: 8192)) { x in
      zip(x, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
    }
    let parts = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let product = parts.reduce(1) { $0 * (1 + $1) }
    for (index, part) in parts.enumerated() {
      #expect(abs(found.first[index].mean - part / (product - 1)) < 0.003)
      let total = part * product / (1 + part) / (product - 1)
      #expect(abs(found.total[index].mean - total) < 0.003)
    }
  }

  /// From the formulas, as `sobol_g` of the reference values has them: to the last digit but one.
  @Test func theFormulasOfSobolsGAreTheReferences() throws {
    let a = [0, 1, 4.5, 9]
    let parts = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let product = parts.reduce(1) { $0 * (1 + $1) }
    #expect(relativeDistance(product - 1, 0.4652290582593613) < 1e-14)
    let first = [
      0.7164929348576993, 0.17912323371442482, 0.023685716854799976, 0.007164929348576993,
    ]
    let total = [0.7873697011432744, 0.24226760035177675, 0.03432674446401197, 0.01046338473280099]
    let found = try Self.indices(SaltelliDesign(factors: 4, baseCount: 8192)) { x in
      zip(x, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
    }
    for index in a.indices {
      #expect(relativeDistance(parts[index] / (product - 1), first[index]) < 1e-13)
      #expect(abs(found.first[index].mean - first[index]) < 0.003)
      #expect(abs(found.total[index].mean - total[index]) < 0.003)
    }
  }

  @Test func intervalsHoldTheExactIndicesAndAreTheSeeds() throws {
    let design = SaltelliDesign(factors: 3, baseCount: 512)
    let outputs = design.points.map(Self.ishigami)
    let found = try #require(SobolIndices(outputs: outputs, of: design))
    let again = try #require(SobolIndices(outputs: outputs, of: design))
    let other = try #require(SobolIndices(outputs: outputs, of: design, seed: 2))
    #expect(found.first == again.first && found.first != other.first)
    let total = [0.5575888552099592, 0.4424111447900408, 0.24368366406214775]
    for (interval, exact) in zip(found.total, total) {
      #expect(interval.contains(exact) && interval.halfWidth > 0.01 && interval.halfWidth < 0.2)
    }
  }

  @Test func anOutputThatNeverChangesHasNoIndices() {
    let design = SaltelliDesign(factors: 2, baseCount: 4)
    #expect(SobolIndices(outputs: Array(repeating: 3, count: design.count), of: design) == nil)
  }
}
