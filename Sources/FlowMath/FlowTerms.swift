// SPDX-License-Identifier: GPL-3.0-or-later

/// The terms on which the flows of one class share bandwidth.
///
/// The rate of a flow is a function of one number, the level of the water at its bottleneck:
///
///     rate(level) = floor / (1 - level)                    for  level < 0
///                   min(floor + weight level, ceiling)     for  0 <= level
///
/// Above 0 this is weighted max-min fairness on top of the floors. Below 0 the floors do not
/// fit, and each keeps the same part of its own. As 1/(1 - level) a part of 1e-12 has as many digits
/// as one of a half: floors may be any number of times what there is.
///
/// A flow whose floor is its ceiling has just that rate while floors fit; of 0 it rests.
public struct FlowTerms: Equatable, Sendable, BitwiseCopyable {
  public var weight: Double
  public var floor: Double
  public var ceiling: Double
  /// 0 is served first; layer 1 shares what it leaves, and so on.
  public var layer: Int

  public init(
    weight: Double = 1, floor: Double = 0, ceiling: Double = .infinity, layer: Int = 0
  ) {
    precondition(weight > 0 && weight.isFinite, "a weight is greater than 0")
    precondition(floor >= 0 && floor.isFinite, "a floor is a finite rate")
    precondition(ceiling >= floor, "a ceiling is not below its floor")
    precondition(layer >= 0)
    self.weight = weight
    self.floor = floor
    self.ceiling = ceiling
    self.layer = layer
  }

  /// The level at which the ceiling is reached.
  public var levelLimit: Double { (ceiling - floor) / weight }

  /// The rate of one flow at a level.
  public func rate(at level: Double) -> Double {
    level < 0
      ? floor * WaterLevel.keptPart(at: level) : min(floor + weight * level, ceiling)
  }
}

/// Levels below 0, where floors are cut.
enum WaterLevel {
  /// Where nothing is left of a floor: that of a link without capacity.
  static let lowest = -1e300

  /// The part of a floor that is kept at a level of 0 or below.
  @inline(__always)
  static func keptPart(at level: Double) -> Double { level > lowest ? 1 / (1 - level) : 0 }

  /// The level at which that part of each floor is kept.
  @inline(__always)
  static func keeping(_ part: Double) -> Double {
    part > 1e-300 ? min(0, 1 - 1 / part) : lowest
  }
}
