// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// What a user can buy: a rate that a flow never falls below, and one that it never exceeds.
public struct ElasticTier: Equatable, Sendable {
  public var name: String
  public var floor: BitsPerSecond
  /// Finite; not below the floor.
  public var ceiling: BitsPerSecond
  public var weight: Double
  /// The part of the flows that ask for it, in relation to the other tiers.
  public var share: Double
  /// For each terabyte that came through; nil where nobody counts it.
  public var price: Double?
  /// The position of its class in the model's table of classes.
  public var trafficClass: Int

  public init(
    name: String, floor: BitsPerSecond = .zero, ceiling: BitsPerSecond, weight: Double = 1,
    share: Double = 1, price: Double? = nil, trafficClass: Int
  ) {
    self.name = name
    self.floor = floor
    self.ceiling = ceiling
    self.weight = weight
    self.share = share
    self.price = price
    self.trafficClass = trafficClass
  }

  /// The ceiling of a tier that has none: the fastest that there is.
  public static let highest = BitsPerSecond(1e18)
}
