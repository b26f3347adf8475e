// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// How much power pools may take from now on.
///
/// Asked as the run begins, whenever a price or the need for cooling changes somewhere, and when the
/// last answer wanted it.
public struct PowerQuestion: Sendable {
  public var instant: SimTime
  /// Those of accelerators whose power is known.
  public var pools: [PowerPool]

  public init(instant: SimTime, pools: [PowerPool]) {
    self.instant = instant
    self.pools = pools
  }
}

/// What there is to know of the power of a pool.
public struct PowerPool: Equatable, Sendable {
  /// The position of the pool.
  public var pool: Int
  /// What a kilowatt-hour of its site costs.
  public var price_yuan_kWh: Double
  /// What the site takes over what its machines do.
  public var pue: Double
  /// What the site takes with all machines at work.
  public var full_W: Double
  /// Accelerators at work, and jobs that wait.
  public var running: Int
  public var waiting: Int

  public init(
    pool: Int, price_yuan_kWh: Double, pue: Double, full_W: Double, running: Int, waiting: Int
  ) {
    self.pool = pool
    self.price_yuan_kWh = price_yuan_kWh
    self.pue = pue
    self.full_W = full_W
    self.running = running
    self.waiting = waiting
  }
}

/// Says how much power pools may take.
public protocol PowerPolicy: Sendable {
  /// By pool of the question, what its site may take in watts; nil where it may take all it wants.
  func limits(_ question: PowerQuestion) -> [Double?]
}
