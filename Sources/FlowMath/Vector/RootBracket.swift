// SPDX-License-Identifier: GPL-3.0-or-later

// False position with the Illinois rule (M. Dowell, P. Jarratt, BIT 11, 1971) keeps the root
// between two points; every fourth step halves the interval, so that a corner of the curve can't
// hold it up.

/// An interval with a root of a falling function in it, for each of eight functions.
struct RootBracket {
  /// The distance from the target, and the width of the interval, at which a lane is done.
  private static let tolerance = 1e-12

  private var low: Octet
  private var high: Octet
  /// Above 0 at the low end, below 0 at the high one.
  private var excess: Octet
  private var lack: Octet
  /// The last point, and how far its rate is from the target.
  private(set) var best: Octet
  private var distance: Octet

  @inline(__always)
  init(low: Octet, high: Octet, excess: Octet, lack: Octet) {
    self.low = low
    self.high = high
    self.excess = excess
    self.lack = lack
    best = low
    distance = excess
  }

  @inline(__always)
  var isDone: Bool { !any(.!isSettled) }

  /// Whether a lane's answer stands, so that it does not depend on how long the others take.
  @inline(__always)
  private var isSettled: OctetMask {
    let isNear = distance.magnitudes .< Octet(Self.tolerance)
    let isNarrow = (high - low) .< Octet(Self.tolerance)
    // A target outside of the ends has no root between them.
    let isOutside = (excess .<= 0) .| (lack .>= 0)
    return isNear .| isNarrow .| isOutside
  }

  @inline(__always)
  func next(halving: Bool) -> Octet {
    let middle = 0.5 * (low + high)
    if halving { return middle }
    let point = (low * lack - high * excess) / (lack - excess)
    return choose((point .> low) .& (point .< high), point, middle)
  }

  /// Puts a point in the place of the end whose side it is on; an end that stays twice in a row
  /// loses half of its weight.
  @inline(__always)
  mutating func narrow(to x: Octet, where value: Octet) {
    let isSettled = isSettled
    let isLow = value .> 0
    let lastWasLow = distance .> 0
    low = choose(isLow, x, low)
    high = choose(isLow, high, x)
    let staysHigh = isLow .& lastWasLow
    let staysLow = .!isLow .& .!lastWasLow
    excess = choose(isLow, value, choose(staysLow, 0.5 * excess, excess))
    lack = choose(isLow, choose(staysHigh, 0.5 * lack, lack), value)
    best = choose(isSettled, best, x)
    distance = choose(isSettled, distance, value)
  }
}
