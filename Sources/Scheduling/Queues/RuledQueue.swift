// SPDX-License-Identifier: GPL-3.0-or-later

/// The queue of a pool by any rule.
///
/// Its caller has pools of many rules in one array. A switch finds the queue; an existential would
/// be a box in memory for each.
public enum RuledQueue: PoolQueue {
  case ordered(OrderedQueue)
  case preemptive(PreemptiveQueue)
  case fairShare(FairShareQueue)
  case backfill(BackfillQueue)
  case conservative(ConservativeQueue)
  case chosen(ChosenQueue)

  /// Nil for `processorSharing`, with which nobody waits.
  public init?(
    _ rule: QueueRule, count: Int, halfLife: Int64 = FairShareQueue.defaultHalfLife
  ) {
    switch rule {
    case .fcfs, .sjf, .ljf, .priority: self = .ordered(OrderedQueue(rule, count: count))
    case .preemptive: self = .preemptive(PreemptiveQueue(count: count))
    case .fairShare: self = .fairShare(FairShareQueue(count: count, halfLife: halfLife))
    case .easy: self = .backfill(BackfillQueue(shortestFirst: false, count: count))
    case .easyShortest: self = .backfill(BackfillQueue(shortestFirst: true, count: count))
    case .conservative: self = .conservative(ConservativeQueue(count: count))
    case .processorSharing: return nil
    }
  }

  public var book: QueueBook {
    switch self {
    case .ordered(let queue): queue.book
    case .preemptive(let queue): queue.book
    case .fairShare(let queue): queue.book
    case .backfill(let queue): queue.book
    case .conservative(let queue): queue.book
    case .chosen(let queue): queue.book
    }
  }

  public var nextPass: Int64? {
    switch self {
    case .ordered(let queue): queue.nextPass
    case .preemptive(let queue): queue.nextPass
    case .fairShare(let queue): queue.nextPass
    case .backfill(let queue): queue.nextPass
    case .conservative(let queue): queue.nextPass
    case .chosen(let queue): queue.nextPass
    }
  }

  public func estimatedStart(accelerators: Int32, requested: Int64, at now: Int64) -> Int64 {
    switch self {
    case .ordered(let queue):
      queue.estimatedStart(accelerators: accelerators, requested: requested, at: now)
    case .preemptive(let queue):
      queue.estimatedStart(accelerators: accelerators, requested: requested, at: now)
    case .fairShare(let queue):
      queue.estimatedStart(accelerators: accelerators, requested: requested, at: now)
    case .backfill(let queue):
      queue.estimatedStart(accelerators: accelerators, requested: requested, at: now)
    case .conservative(let queue):
      queue.estimatedStart(accelerators: accelerators, requested: requested, at: now)
    case .chosen(let queue):
      queue.estimatedStart(accelerators: accelerators, requested: requested, at: now)
    }
  }
}
