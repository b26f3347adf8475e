// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling

/// A pool at work: who waits, who runs, how fast, and what it takes of electricity.
struct PoolState {
  let design: PoolDesign
  /// How jobs wait; nil where they share the pool and nobody does.
  var queue: RuledQueue?
  var sharing: SharedSpeed?
  /// The jobs that run, in no order.
  var running: [JobID] = []
  /// Jobs whose input is on its way here.
  var expected = (accelerators: 0, until: 0.0)
  /// The sum over running jobs of accelerators times the second at which they should have ended.
  var runningUntil = 0.0
  /// Accelerators that jobs hold, and those at work among the ones that services hold.
  var busy = 0
  var servingBusy = 0
  /// Of those that are shared as many as were at work when this instant began.
  private var sharedInUse = 0
  /// Accelerators that are set apart for services.
  private(set) var serving: Int
  /// Part of full speed that a cap on power leaves.
  var speed = 1.0
  var meter: PowerMeter
  /// What a policy lets its site take, and since when; nil where that is all it wants.
  var limit_W: Double?
  var limitBegan = SimTime.zero
  /// The next change of its power that comes by itself.
  var nextPowerChange = SimTime(nanoseconds: .min)
  /// How many jobs wait, by their priority.
  private var waitingOf: [Int: Int] = [:]
  /// Whether it is looked at when the instant ends.
  var isMarked = false
  var nextEnd: EventHandle?
  /// Outages of the whole pool that have begun and not ended.
  var outages = 0
  /// Accelerators that are being repaired.
  var broken = 0
  var failures: AcceleratorFailures?
  var numbers = HeldNumbers()
  var account = PoolAccount()

  init(_ design: PoolDesign, seed: UInt64) {
    self.design = design
    meter = PowerMeter(design.power.terms)
    serving = design.serving
    queue =
      design.queueProgram == nil
      ? RuledQueue(design.queue, count: design.countForJobs)
      : .chosen(ChosenQueue(count: design.countForJobs))
    failures = AcceleratorFailures(design, seed: seed)
    if queue == nil { sharing = SharedSpeed(count: design.countForJobs) }
  }

  var isShared: Bool { sharing != nil }

  /// The most that its site may take: by a cap of the scenario, or by what a policy says.
  func cap(at now: SimTime) -> PowerCap? {
    let cap = design.power.caps.first { $0.from <= now && now < $0.to }
    guard let limit_W, limit_W < cap?.watts ?? .infinity else { return cap }
    return PowerCap(from: limitBegan, to: .distantFuture, watts: limit_W)
  }

  /// Accelerators that are not out of service, those of services with them.
  var standing: Int { outages > 0 ? 0 : max(0, design.count - broken) }

  /// Accelerators that jobs may hold now.
  var inService: Int { outages > 0 ? 0 : max(0, design.count - serving - broken) }

  /// Below 0 never; shared accelerators are free as long as each job has what it takes.
  var free: Int { max(0, inService - busy) }

  /// Accelerators that jobs and services hold.
  var held: Int { min(design.count, busy + serving) }

  /// Counts what jobs and services have held up to an instant.
  mutating func countHeld(until now: SimTime) {
    account.advance(to: now, busy: isShared ? sharedInUse : busy, serving: serving)
  }

  /// Counts what those who share it have held, and takes down how many are at work from now on.
  mutating func countShared(until now: SimTime) {
    countHeld(until: now)
    sharedInUse = sharing?.inUse ?? 0
  }

  /// Sets so many accelerators apart for services; jobs that run on them go on to their end.
  mutating func setServing(_ count: Int, at now: SimTime) {
    countHeld(until: now)
    serving = count
    renewCount(at: now)
  }

  /// Tells those who wait or share how many accelerators are in service.
  mutating func renewCount(at now: SimTime) {
    let count = inService
    queue?.setCount(count, at: now.nanoseconds)
    sharing?.setCount(count, at: now.nanoseconds)
  }

  var waiting: Int { queue?.book.waiting ?? 0 }

  /// So many more jobs of a priority wait.
  mutating func countWaiting(_ change: Int, priority: Int) {
    let count = waitingOf[priority, default: 0] + change
    waitingOf[priority] = count == 0 ? nil : count
  }

  /// Whether a job that came now would have to let one go first that waits already, but for some.
  func puts(anyBefore priority: Int, but others: [Int: Int] = [:]) -> Bool {
    guard design.queue == .priority else { return waiting > others.values.reduce(0, +) }
    return waitingOf.contains { $0.key <= priority && $0.value > others[$0.key, default: 0] }
  }

  /// Accelerator-seconds that those who wait ask for.
  var waitingSeconds: Double { (queue?.book.waitingWork ?? 0) / 1e9 }

  /// What the board has of it, with the jobs whose input is on its way.
  ///
  /// Fewer than none are free where jobs that share it would hold more than there are.
  var entry: PoolBoard.Entry {
    PoolBoard.Entry(
      count: Int32(inService), free: Int32(inService - busy - expected.accelerators),
      waiting: isShared ? 0 : Int32(waiting - (queue?.booked ?? 0)), waitingWork: waitingSeconds,
      runningUntil: runningUntil + expected.until)
  }

  /// What its equipment asks for at full speed, in watts.
  var powerAsked: Double {
    guard outages == 0 else { return 0 }
    let power = design.power
    // Jobs that share what is in service use no more of it, whatever they would hold.
    let used = Double((sharing?.inUse ?? min(busy, design.count)) + servingBusy)
    return power.idle * (Double(design.count) - used) + power.full * used
  }

  /// The part of full speed at which its jobs run where its equipment may take so much.
  ///
  /// What accelerators take on top of their idle power is proportional to how fast they run: a
  /// straight line, which is on the safe side, since the last part of the speed costs most power.
  func speed(at watts: Double) -> Double {
    let power = design.power
    let idle = power.idle * Double(design.count)
    let asked = powerAsked
    guard watts < asked, asked > idle else { return 1 }
    return max(0, (watts - idle) / (asked - idle))
  }
}

/// What is counted of a pool.
struct PoolAccount {
  var finished = 0
  /// Accelerator-seconds that jobs and services have held up to `since`.
  var held = 0.0
  var since = SimTime.zero

  mutating func advance(to now: SimTime, busy: Int, serving: Int) {
    held += Double(busy + serving) * (now - since).seconds
    since = now
  }
}

/// Which accelerators of a pool are free: a job is given the lowest numbers.
///
/// Nothing depends on them but the column that shows them.
struct HeldNumbers {
  /// Free ranges, from low to high, with gaps between them; unbounded above.
  private var free: [Range<Int32>] = [0..<Int32.max]

  /// Takes the lowest free numbers.
  mutating func take(_ count: Int) -> [Range<Int32>] {
    var taken: [Range<Int32>] = []
    var rest = Int32(count)
    while rest > 0, let first = free.first {
      if first.count <= rest {
        taken.append(first)
        rest -= Int32(first.count)
        free.removeFirst()
      } else {
        taken.append(first.lowerBound..<first.lowerBound + rest)
        free[0] = first.lowerBound + rest..<first.upperBound
        rest = 0
      }
    }
    return taken
  }

  /// Gives numbers back.
  mutating func release(_ ranges: [Range<Int32>]) {
    for range in ranges {
      let next = free.firstIndex { $0.lowerBound >= range.upperBound } ?? free.count
      let joinsNext = next < free.count && free[next].lowerBound == range.upperBound
      let joinsLast = next > 0 && free[next - 1].upperBound == range.lowerBound
      switch (joinsLast, joinsNext) {
      case (true, true):
        free[next - 1] = free[next - 1].lowerBound..<free[next].upperBound
        free.remove(at: next)
      case (true, false): free[next - 1] = free[next - 1].lowerBound..<range.upperBound
      case (false, true): free[next] = range.lowerBound..<free[next].upperBound
      case (false, false): free.insert(range, at: next)
      }
    }
  }

  /// As evalys reads them: `0-3 7`.
  static func text(of ranges: [Range<Int32>]) -> String {
    ranges.map { range in
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound - 1)"
    }.joined(separator: " ")
  }
}
