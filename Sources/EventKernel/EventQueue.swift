// SPDX-License-Identifier: GPL-3.0-or-later

/// The pending events of a simulation, taken out in the order of time and then of insertion.
///
/// Events of equal time keep the order in which they were pushed; that makes a run repeatable.
/// The loop of a simulation is
///
/// ```swift
/// while let (time, event) = queue.pop(), time <= horizon {
///   now = time
///   handle(event)
/// }
/// ```
///
/// Up to about a hundred events are one sorted array, the rest wait in a timing wheel, so a push
/// and a pop together take 20 ns with ten pending and 80 ns with a million. Keep the queue in a
/// local variable or in a struct that is passed `inout`: as a property of a class, or captured by
/// a closure, each use pays for a check of exclusive access that costs as much again.
///
/// An event is a few plain words, kept in a block that only grows, so no operation allocates but
/// when the queue is larger than ever before.
public struct EventQueue<Event: BitwiseCopyable>: ~Copyable {
  var slots: SlotTable
  var run = EventRun()
  var wheel = TimingWheel()
  /// The time from which on a key goes to the wheel.
  var limit = UInt64.max
  /// The number of keys that stand for an event no longer.
  var stale = 0
  private var nextSequence: UInt64 = 1
  private var latest: UInt64 = 0

  /// The number of pending events.
  public private(set) var count = 0

  public init() {
    precondition(MemoryLayout<Event>.alignment <= 16, "an event needs more than 16-byte alignment")
    slots = SlotTable(eventSize: MemoryLayout<Event>.size, capacity: 64)
  }

  public var isEmpty: Bool { count == 0 }

  /// Schedules an event.
  ///
  /// - Precondition: The time is not before that of the last event popped.
  @discardableResult
  public mutating func push(_ event: Event, at time: SimTime) -> EventHandle {
    let slot = slots.take()
    let order = takeOrder(slot)
    slots.setOrder(slot, order)
    slots.setBirth(slot, order)
    slots.eventAddress(slot).storeBytes(of: event, as: Event.self)
    count += 1
    insert(EventKey(time: checked(time), order: order))
    return EventHandle(birth: order)
  }

  /// Takes out the first event, or nil where none is pending.
  public mutating func pop() -> (time: SimTime, event: Event)? {
    guard prepareFirst() else { return nil }
    let key = run.first
    run.removeFirst()
    latest = key.time
    count -= 1
    let event = slots.eventAddress(key.slot).loadUnaligned(as: Event.self)
    slots.release(key.slot)
    return (SimTime(nanoseconds: Int64(truncatingIfNeeded: key.time)), event)
  }

  /// The time of the first event, or nil where none is pending.
  ///
  /// It is a mutation because the queue may have to put its nearest events in order first.
  public var nextTime: SimTime? {
    mutating get {
      guard prepareFirst() else { return nil }
      return SimTime(nanoseconds: Int64(truncatingIfNeeded: run.first.time))
    }
  }

  /// Whether the handle's event is still waiting.
  public func isPending(_ handle: EventHandle) -> Bool {
    slots.isPending(handle)
  }

  /// Takes out an event before its time; false where it has been popped or cancelled already.
  @discardableResult
  public mutating func cancel(_ handle: EventHandle) -> Bool {
    guard slots.isPending(handle) else { return false }
    slots.release(EventKey.slot(of: handle.birth))
    count -= 1
    addStale()
    return true
  }

  /// Moves a pending event to another time; false where it has been popped or cancelled already.
  ///
  /// The event keeps its handle, and comes after those already pending for its new time, as if it
  /// had just been pushed.
  @discardableResult
  public mutating func reschedule(_ handle: EventHandle, to time: SimTime) -> Bool {
    guard slots.isPending(handle) else { return false }
    let slot = EventKey.slot(of: handle.birth)
    let order = takeOrder(slot)
    slots.setOrder(slot, order)
    insert(EventKey(time: checked(time), order: order))
    addStale()
    return true
  }
}

extension EventQueue {
  private func checked(_ time: SimTime) -> UInt64 {
    precondition(
      time.nanoseconds >= Int64(truncatingIfNeeded: latest), "an event is pushed into the past")
    return UInt64(truncatingIfNeeded: time.nanoseconds)
  }

  private mutating func takeOrder(_ slot: Int) -> UInt64 {
    precondition(nextSequence < EventKey.sequenceLimit, "more than 10^12 events were scheduled")
    nextSequence += 1
    return EventKey.order(sequence: nextSequence - 1, slot: slot)
  }

  /// Brings the first live key to the front of the run; false where no event is pending.
  private mutating func prepareFirst() -> Bool {
    guard count > 0 else { return false }
    while true {
      if run.isEmpty { stale -= wheel.refill(&run, limit: &limit, slots: slots) }
      if slots.isLive(run.first) { return true }
      run.removeFirst()
      stale -= 1
    }
  }

  private mutating func insert(_ key: EventKey) {
    guard key.time < limit else { return wheel.append(key) }
    run.insert(key)
    if run.count > EventRun.lengthLimit { cutRun() }
  }

  /// Puts the later half of the run into the wheel.
  private mutating func cutRun() {
    while run.count > EventRun.lengthLimit / 2 {
      limit = run.last.time
      wheel.prepend(run.last)
      run.removeLast()
    }
  }

  /// Counts a key whose event went elsewhere, and clears such keys away before they outweigh.
  private mutating func addStale() {
    stale += 1
    guard stale > count + 32 else { return }
    run.removeDead(slots)
    wheel.removeDead(slots)
    if wheel.isEmpty { limit = .max }
    stale = 0
  }
}
