// SPDX-License-Identifier: GPL-3.0-or-later

/// Which points a model is run at for Sobol's indices.
///
/// Two independent samples A and B of N points are the halves of Sobol points of twice as many
/// coordinates as there are factors. AB_i is A with the i-th coordinate of B, and BA_i the other
/// way round. A. Saltelli, Comput. Phys. Commun. 145 (2002). For each of N in turn stand A, all
/// AB, all BA where pairs of factors are asked for, and B, as SALib orders them.
public struct SaltelliDesign: Equatable, Sendable {
  public let factors: Int
  /// N, a power of two at best.
  public let baseCount: Int
  /// Whether indices of pairs of factors are asked for, which nearly doubles the runs.
  public let hasPairs: Bool

  /// The most factors that the directions reach.
  public static let mostFactors = SobolSequence.mostDimensions / 2

  /// - Precondition: There are from 1 to 64 factors and at least 2 base points.
  public init(factors: Int, baseCount: Int, hasPairs: Bool = false) {
    precondition(
      1 <= factors && factors <= Self.mostFactors && baseCount >= 2, "no design has these")
    self.factors = factors
    self.baseCount = baseCount
    self.hasPairs = hasPairs
  }

  /// How many runs each base point takes.
  public var block: Int { (hasPairs ? 2 : 1) * factors + 2 }
  /// How many runs there are in all.
  public var count: Int { baseCount * block }

  /// All points in order, each coordinate from 0 to 1.
  public var points: [[Double]] {
    let sequence = SobolSequence(dimensions: 2 * factors)
    return (0..<baseCount).flatMap { points(of: sequence.point(at: $0)) }
  }

  private func points(of both: [Double]) -> [[Double]] {
    let a = Array(both[..<factors])
    let b = Array(both[factors...])
    let mixed = mixtures(of: a, with: b) + (hasPairs ? mixtures(of: b, with: a) : [])
    return [a] + mixed + [b]
  }

  private func mixtures(of own: [Double], with other: [Double]) -> [[Double]] {
    own.indices.map { factor in
      var point = own
      point[factor] = other[factor]
      return point
    }
  }
}
