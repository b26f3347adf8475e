// SPDX-License-Identifier: GPL-3.0-or-later

/// The clock of a group.
struct GroupClock: BitwiseCopyable {
  /// The integral of the level where that is above 0, in levels times nanoseconds.
  var level = 0.0
  /// The integral of the part of floors that is kept, in nanoseconds.
  var floors = 0.0
  /// The instant at which it showed that.
  var at = 0.0

  /// What it shows to classes with a ratio of floor and weight.
  @inline(__always)
  func reading(_ ratio: Double) -> Double {
    if ratio == 0 { return level }
    return ratio == .infinity ? floors : ratio * floors + level
  }

  /// How fast that grows at a level.
  @inline(__always)
  static func speed(_ ratio: Double, at level: Double) -> Double {
    if ratio == 0 { return max(0, level) }
    let kept = level < 0 ? WaterLevel.keptPart(at: level) : 1
    return ratio == .infinity ? kept : ratio * kept + max(0, level)
  }

  @inline(__always)
  mutating func advance(to instant: Double, at held: Double) {
    let elapsed = instant - at
    // Of a link that holds nobody it stands still.
    guard elapsed > 0, held < .infinity else { return }
    level += max(0, held) * elapsed
    floors += held < 0 ? WaterLevel.keptPart(at: held) * elapsed : elapsed
    at = instant
  }
}
