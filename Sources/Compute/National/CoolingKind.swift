// SPDX-License-Identifier: GPL-3.0-or-later

/// How well a site is cooled where nobody has its curve.
///
/// Both kinds take the cooling of a real machine by the temperature outside (`coolingShare`): it
/// lets the outside air in where that is cold enough, mixes both where it is mild, and compresses
/// where it is hot. What is modelled is the part of the rest, and how many times worse a city is.
public enum CoolingKind: String, Hashable, Sendable, CaseIterable {
  /// Of a cluster, or as large and new: that cooling, and 4 % for what power supplies lose.
  ///
  /// With it the mean over the year is within the policy's limit in all ten clusters, and at it in
  /// Gui'an.
  case largeCentre = "large-centre"
  /// Older and smaller, in a city: 10 % for power supplies, and cooling that takes 1.89 as much.
  ///
  /// So the mean over the capitals, by their demand, is the 1.42 that the country had in June 2025.
  case city

  public var curve: PUECurve {
    let (fixed, factor) = self == .largeCentre ? (0.04, 1.0) : (0.10, 1.89)
    let knots = Self.coolingShare.map {
      PUECurve.Knot(outside_C: $0.outside_C, pue: 1 + fixed + factor * $0.share)
    }
    guard let curve = PUECurve(knots) else {
      preconditionFailure("The knots of \(rawValue) are in order and above 1.")
    }
    return curve
  }

  /// What cooling takes for each watt of machines.
  ///
  /// Emerson's Liebert DSE with an air-side economiser, air coming back at 29.4 °C: H. Xu, C. Feng,
  /// B. Li, "Temperature aware workload management in geo-distributed datacenters", 2013, table 1.
  private static let coolingShare: [(outside_C: Double, share: Double)] = [
    (-3.9, 0.05), (10, 0.10), (15.6, 0.17), (21.1, 0.21), (35, 0.30),
  ]
}
