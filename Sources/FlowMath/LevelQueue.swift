// SPDX-License-Identifier: GPL-3.0-or-later

/// The links that wait to be filled again, lowest level first.
///
/// Mostly two or three wait at a time: the first few stand in a list without order, which is
/// looked through. Where there are more, the others stand in a tournament. A port may be pushed
/// again at a lower level.
///
/// In the tournament the last bits of a level are the port, so that the least entry tells whose it
/// is: levels that differ by less than these bits go by port, as equal ones do.
struct LevelQueue: ~Copyable {
  /// The number of ports up to which a look at each costs less than a tournament.
  private static let few = 8

  private var near = AlignedColumn<Int32>(repeating: 0, count: few)
  private var nearCount = 0
  private var far = LeastTree()
  /// The bits of a level that are a port in the tournament.
  private var portBits: UInt64 = 0xF
  /// The level at which each port waits, or infinity where it does not.
  private var waiting = AlignedColumn<Double>()

  mutating func addPort() {
    if waiting.count > portBits { widen() }
    waiting.append(.infinity)
    far.addEntry()
  }

  /// The lowest level at which a port waits, but for the bits that are ports.
  var lowest: Double {
    var lowest = far.least < .infinity ? waiting[firstFar] : .infinity
    for index in 0..<nearCount {
      let level = waiting[near[index]]
      lowest = level < lowest ? level : lowest
    }
    return lowest
  }

  /// The level that no port waits below after one with such a level has been taken.
  func bottom(at level: Double) -> Double {
    guard level.isFinite else { return level }
    let bits = level.bitPattern & ~portBits
    return Double(bitPattern: bits | portBits(of: level))
  }

  /// The level at which a port waits, infinity where it does not.
  @inline(__always)
  func level(of port: Int32) -> Double { waiting[port] }

  /// Puts a port in line at a level, unless it waits at a lower one already.
  @inline(__always)
  mutating func push(_ port: Int32, at level: Double) {
    let before = waiting[port]
    guard level < before else { return }
    waiting[port] = level
    if before == .infinity, nearCount < LevelQueue.few, far.least == .infinity {
      near[nearCount] = port
      nearCount &+= 1
    } else if before == .infinity || far[port] < .infinity {
      putFar(port, at: level)
    }
  }

  @inline(never)
  private mutating func putFar(_ port: Int32, at level: Double) {
    // Minus infinity with the bits of a port would be no number.
    let level = max(level, -Double.greatestFiniteMagnitude)
    let bits = (level.bitPattern & ~portBits) | UInt64(port)
    far.set(port, to: Double(bitPattern: bits ^ portBits(of: level)))
  }

  /// The port whose level is the least in the tournament.
  private var firstFar: Int32 {
    let bits = far.least.bitPattern ^ portBits(of: far.least)
    return Int32(truncatingIfNeeded: bits & portBits)
  }

  /// Bits that are turned so that of equal levels the first port comes first: those below 0.
  @inline(__always)
  private func portBits(of level: Double) -> UInt64 {
    level.sign == .minus ? portBits : 0
  }

  /// Gives ports twice as many numbers.
  private mutating func widen() {
    portBits = portBits << 1 | 1
    for port in 0..<Int32(waiting.count) where far[port] < .infinity {
      putFar(port, at: waiting[port])
    }
  }

  /// Lets nobody put a port in line, which does not wait now, until `release`.
  mutating func shut(_ port: Int32) { waiting[port] = -.infinity }

  mutating func release(_ port: Int32) { waiting[port] = .infinity }

  /// Takes the port with the lowest level; of equal ones the first.
  @inline(__always)
  mutating func pop() -> (port: Int32, level: Double)? {
    var (port, level) = (Int32.max, Double.infinity)
    var place = -1
    for index in 0..<nearCount {
      let other = near[index]
      let isFirst = waiting[other] < level || (waiting[other] == level && other < port)
      level = isFirst ? waiting[other] : level
      port = isFirst ? other : port
      place = isFirst ? index : place
    }
    if far.least < .infinity, let first = takeFar(before: port, level) { return first }
    guard place >= 0 else { return nil }
    nearCount &-= 1
    near[place] = near[nearCount]
    waiting[port] = .infinity
    return (port, level)
  }

  /// Takes the first of the tournament, unless the first of the others precedes it.
  @inline(never)
  private mutating func takeFar(
    before port: Int32, _ level: Double
  ) -> (port: Int32, level: Double)? {
    let first = firstFar
    let least = waiting[first]
    guard least < level || (least == level && first < port) else { return nil }
    far.remove(least: first)
    waiting[first] = .infinity
    return (first, least)
  }

  mutating func removeAll() {
    while pop() != nil {}
  }
}
