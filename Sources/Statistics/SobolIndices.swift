// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Which share of an output's variance each input answers for.
///
/// First-order indices S_i = mean(B (AB_i - A)) / V are the part that input i explains alone: A.
/// Saltelli and others, Comput. Phys. Commun. 181 (2010), table 2, b. Total indices T_i =
/// mean((A - AB_i)^2) / 2 V have its interactions too: M. J. W. Jansen, Comput. Phys. Commun. 117
/// (1999). V is the variance of A and B together. Outputs are standardised first, as the estimator
/// of S depends on their mean, and all is as SALib has it. Valid for independent inputs.
public struct SobolIndices: Sendable {
  /// The share of each factor alone; its mean is the estimate.
  public let first: [ConfidenceInterval]
  /// The share of each factor with all its interactions.
  public let total: [ConfidenceInterval]
  /// The share of the interaction of each pair of factors, by the first and then the second; empty
  /// where the design has no pairs.
  public let pairs: [(factors: (Int, Int), index: ConfidenceInterval)]

  /// Nil where all outputs are equal, as then there is no variance to share.
  ///
  /// Intervals are normal, as wide as the deviation over resamples of the base points (B. Efron's
  /// bootstrap, Ann. Stat. 7, 1979) times the normal quantile.
  ///
  /// - Precondition: There is one finite output for each point of the design, and 2 resamples.
  public init?(
    outputs: [Double], of design: SaltelliDesign, level: Double = 0.95, resamples: Int = 100,
    seed: UInt64 = 1
  ) {
    precondition(outputs.count == design.count && resamples >= 2, "outputs are not the design's")
    precondition(outputs.allSatisfy(\.isFinite), "an output is not finite")
    guard let blocks = SobolBlocks(outputs: outputs, design: design) else { return nil }
    let estimates = blocks.estimates(Array(0..<design.baseCount))
    var spread = Array(repeating: RunningMoments(), count: estimates.count)
    var stream = RandomStream(seed: seed, name: "sobol-indices")
    for _ in 0..<resamples {
      let rows = (0..<design.baseCount).map { _ in
        Int(stream.next().multipliedFullWidth(by: UInt64(design.baseCount)).high)
      }
      for (index, value) in blocks.estimates(rows).enumerated() { spread[index].add(value) }
    }
    let quantile = StandardNormal.upperQuantile((1 - level) / 2)
    let indices = zip(estimates, spread).map {
      ConfidenceInterval(mean: $0, halfWidth: quantile * $1.variance.squareRoot(), level: level)
    }
    first = Array(indices[..<design.factors])
    total = Array(indices[design.factors..<2 * design.factors])
    pairs = Array(zip(blocks.pairs, indices[(2 * design.factors)...]).map { ($0, $1) })
  }
}

/// The outputs of a design, standardised, and the estimators over some of its base points.
private struct SobolBlocks {
  private let outputs: [Double]
  private let design: SaltelliDesign
  /// The pairs of factors, where the design has them.
  let pairs: [(Int, Int)]

  init?(outputs: [Double], design: SaltelliDesign) {
    let moments = RunningMoments(outputs)
    guard moments.variance > 0 else { return nil }
    let count = Double(outputs.count)
    let deviation = (moments.variance * (count - 1) / count).squareRoot()
    self.outputs = outputs.map { ($0 - moments.mean) / deviation }
    self.design = design
    let factors = 0..<design.factors
    pairs =
      design.hasPairs
      ? factors.flatMap { first in factors.dropFirst(first + 1).map { (first, $0) } } : []
  }

  /// All first-order indices, then all total ones, then those of pairs.
  func estimates(_ rows: [Int]) -> [Double] {
    let variance = variance(rows)
    let factors = 0..<design.factors
    let first = factors.map { factor in
      mean(rows) { b($0) * (ab($0, factor) - a($0)) } / variance
    }
    let total = factors.map { factor in
      mean(rows) { square(a($0) - ab($0, factor)) } / (2 * variance)
    }
    // Saltelli 2002, theorem 2: both factors together, less what each does alone.
    let second = pairs.map { one, other in
      mean(rows) { ba($0, one) * ab($0, other) - a($0) * b($0) } / variance
        - first[one] - first[other]
    }
    return first + total + second
  }

  private func variance(_ rows: [Int]) -> Double {
    var moments = RunningMoments()
    for row in rows {
      moments.add(a(row))
      moments.add(b(row))
    }
    return moments.variance * Double(moments.count - 1) / Double(moments.count)
  }

  private func mean(_ rows: [Int], _ term: (Int) -> Double) -> Double {
    rows.reduce(0) { $0 + term($1) } / Double(rows.count)
  }

  private func square(_ value: Double) -> Double { value * value }
  private func a(_ row: Int) -> Double { outputs[row * design.block] }
  private func b(_ row: Int) -> Double { outputs[(row + 1) * design.block - 1] }
  private func ab(_ row: Int, _ factor: Int) -> Double {
    outputs[row * design.block + 1 + factor]
  }
  private func ba(_ row: Int, _ factor: Int) -> Double {
    outputs[row * design.block + 1 + design.factors + factor]
  }
}
