// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// The jobs that wait for the accelerators of a pool, and those that hold them.
///
/// A queue has no clock and knows no events. At one instant its caller says what has ended and what
/// has come, in any order, and then asks for one pass:
///
///     queue.end(...); queue.submit(...)
///     queue.pass(at: now, into: &decisions)
///     plan the ends of what has started, and a pass at queue.nextPass
///
/// Whoever conforms owes that a job starts only where as many accelerators are free, that what it
/// decides depends on nothing but the calls so far, and not on the order of those of one instant.
/// A job that asks for more accelerators than the pool has is the caller's to refuse.
public protocol PoolQueue: Sendable {
  /// Who waits, who runs, and on how many accelerators.
  var book: QueueBook { get }

  /// A job has come.
  mutating func submit(_ job: QueuedJob)
  /// A job that runs has ended, as late as it asked for or before.
  mutating func end(_ id: JobID, at now: Int64)
  /// A job that waits goes elsewhere.
  mutating func withdraw(_ id: JobID)
  /// Says how many accelerators are in service; with fewer than are held nothing starts.
  mutating func setCount(_ count: Int, at now: Int64)
  /// Adds to the decisions which jobs start now, and which are stopped for them.
  mutating func pass(at now: Int64, into decisions: inout QueueDecisions)
  /// An instant at which a pass is due although nothing may end or come then.
  var nextPass: Int64? { get }
  /// About when a job would start that came now, as far as the queue can tell at little cost.
  func estimatedStart(accelerators: Int32, requested: Int64, at now: Int64) -> Int64
}

extension PoolQueue {
  public var nextPass: Int64? { nil }

  public func estimatedStart(accelerators: Int32, requested: Int64, at now: Int64) -> Int64 {
    book.fluidStart(accelerators: accelerators, at: now)
  }
}

/// What a pass has decided.
///
/// No job is in both lists of one pass. Those that are stopped wait again in their old order.
public struct QueueDecisions: Sendable {
  /// Jobs that start now, in the order in which they were chosen.
  public var started: [JobID] = []
  /// Jobs that are stopped now to make room.
  public var stopped: [JobID] = []

  public init() {}

  public mutating func removeAll() {
    started.removeAll(keepingCapacity: true)
    stopped.removeAll(keepingCapacity: true)
  }
}
