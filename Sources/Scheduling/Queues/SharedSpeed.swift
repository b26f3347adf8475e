// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Processor sharing: all jobs of a pool run at once, at one speed.
///
///     speed(t) = power(t) min(1, count / sum of the accelerators of those that run)
///     V(t) = integral of speed,   a job that comes at t0 is done when V = V(t0) + its time alone
///
/// So n jobs of one accelerator share min(n, count) equally, and none is faster than alone. Nothing
/// of a job changes until it is done, and what is done next is known: a caller plans one event, for
/// `nextEnd`, and plans it anew after each call that changes something.
///
/// - Complexity: O(log n) for each job that comes or goes.
public struct SharedSpeed: Sendable {
  private struct Member: ForestValue {
    var id: JobID
    static var empty: Member { Member(id: .none) }
    mutating func gather(_ key: ForestKey, before: Member, behind: Member) {}
  }

  private struct Runner: BitwiseCopyable {
    /// V when it is done.
    var finish: Double
    /// What each had held, in time of its own accelerators, when it began.
    var heldBefore: Double
    var accelerators: Int32
    var number: Int64

    /// V is never below 0, so that its bits are in its order.
    var key: ForestKey { ForestKey(major: Int64(finish.bitPattern), minor: number) }
  }

  private var runners: [JobID: Runner] = [:]
  private var forest = OrderedForest<Member>()
  private var line = OrderedForest<Member>.Root()
  private var number: Int64 = 0
  /// V at the latest change, and the instant of that.
  private var served = 0.0
  /// The integral of the part of its accelerators that each job has, whatever the power.
  private var held = 0.0
  /// For how long the job that was taken out last held its accelerators, in nanoseconds as of all of them.
  public private(set) var lastHeld = 0.0
  private var changedAt: Int64 = 0
  /// Accelerators in service.
  public private(set) var count: Int
  /// The part of full speed that a limit on power leaves.
  public private(set) var power = 1.0
  /// Accelerators that the jobs would hold if each had its own.
  public private(set) var wanted = 0

  /// V starts anew before it is so large that a nanosecond is lost in it.
  private static let mostServed = 0x1p48

  public init(count: Int) {
    self.count = count
  }

  public var running: Int { runners.count }

  /// Accelerators that are at work.
  public var inUse: Int { min(wanted, count) }

  /// How fast each job runs now, beside alone.
  public var speed: Double { speed(with: 0) }

  /// How fast each would run with a job of so many accelerators more.
  public func speed(with accelerators: Int32) -> Double {
    power * part(of: wanted + Int(accelerators))
  }

  private func part(of wanted: Int) -> Double {
    wanted <= count ? 1 : Double(count) / Double(wanted)
  }

  /// The nearest nanosecond to the instant at which the next job is done.
  public var nextEnd: Int64? {
    guard let first = forest.first(of: line), count > 0 else { return nil }
    let finish = Double(bitPattern: UInt64(first.key.major))
    guard finish > served else { return changedAt }
    let time = ((finish - served) / speed).rounded()
    return time < 0x1p62 ? instant(Int64(max(0, time)), after: changedAt) : nil
  }

  /// A job begins that takes so many nanoseconds alone.
  public mutating func begin(_ id: JobID, accelerators: Int32, time: Int64, at now: Int64) {
    advance(to: now)
    let runner = Runner(
      finish: served + Double(time), heldBefore: held, accelerators: accelerators, number: number)
    number += 1
    let known = runners.updateValue(runner, forKey: id)
    precondition(known == nil, "job \(id) runs already")
    forest.insert(runner.key, Member(id: id), into: &line)
    wanted += Int(accelerators)
  }

  /// Takes out the next job that is done by an instant; of several the one that began first.
  public mutating func popEnded(by now: Int64) -> JobID? {
    guard let end = nextEnd, end <= now, let first = forest.first(of: line) else { return nil }
    let id = first.value.id
    _ = withdraw(id, at: now)
    return id
  }

  /// The nanoseconds that a job would still take alone; nil for one that does not run here.
  public func left(of id: JobID, at now: Int64) -> Int64? {
    guard let runner = runners[id] else { return nil }
    return Int64(max(0, runner.finish - served - Double(now - changedAt) * speed).rounded())
  }

  /// Takes out a job before it is done, and gives the nanoseconds that it would still take alone.
  public mutating func withdraw(_ id: JobID, at now: Int64) -> Int64 {
    advance(to: now)
    guard let runner = runners.removeValue(forKey: id) else {
      preconditionFailure("job \(id) does not run here")
    }
    forest.remove(runner.key, from: &line)
    wanted -= Int(runner.accelerators)
    let left = Int64(max(0, runner.finish - served).rounded())
    lastHeld = held - runner.heldBefore
    if runners.isEmpty { (served, held) = (0, 0) }
    return left
  }

  public mutating func setCount(_ count: Int, at now: Int64) {
    advance(to: now)
    self.count = count
  }

  public mutating func setPower(_ power: Double, at now: Int64) {
    advance(to: now)
    self.power = power
  }

  private mutating func advance(to now: Int64) {
    if !runners.isEmpty {
      served += Double(now - changedAt) * speed
      held += Double(now - changedAt) * part(of: wanted)
    }
    changedAt = now
    if served > Self.mostServed { startAnew() }
  }

  /// Counts V from now on.
  private mutating func startAnew() {
    forest.removeAll()
    line = .init()
    for (id, runner) in runners {
      var runner = runner
      runner.finish = max(0, runner.finish - served)
      runners[id] = runner
      forest.insert(runner.key, Member(id: id), into: &line)
    }
    served = 0
  }
}
