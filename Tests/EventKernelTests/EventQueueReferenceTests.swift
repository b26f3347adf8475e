// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import EventKernel

/// The queue against the plainest thing that does the same: an array searched from end to end.
@Suite struct EventQueueReferenceTests {
  @Test(arguments: TimePattern.allCases, 0..<12 as Range<UInt64>)
  func randomUseAgreesWithASearchedArray(pattern: TimePattern, seed: UInt64) {
    var trial = Trial(pattern: pattern, seed: seed)
    // Three phases, so that queues grow, stay and shrink.
    for pushes in [60, 35, 10] {
      for step in 0..<500 {
        trial.step(pushPercent: pushes)
        if step % 50 == 0 { trial.queue.checkInvariants() }
      }
    }
    while !trial.reference.isEmpty { trial.pop() }
    #expect(trial.queue.pop()?.event == nil)
  }

  @Test(arguments: TimePattern.allCases)
  func aLargeQueueDrainsInOrder(pattern: TimePattern) {
    var stream = RandomStream(seed: 7, name: "drain")
    var queue = EventQueue<Int>()
    var expected: [(time: Int64, event: Int)] = []
    for event in 0..<20_000 {
      let time = pattern.increment(using: &stream)
      queue.push(event, at: SimTime(nanoseconds: time))
      expected.append((time, event))
    }
    queue.checkInvariants()
    expected.sort { $0 < $1 }
    #expect(drained(&queue) == expected.map(\.event))
  }
}

/// The queue in the steady state, where it is too large to be searched from end to end.
@Suite struct EventQueueHoldTests {
  @Test(arguments: TimePattern.allCases, [100, 3_000])
  func heldEventsComeInOrderAndNoneIsLost(pattern: TimePattern, pending: Int) {
    var stream = RandomStream(seed: 13, name: "hold")
    var queue = EventQueue<Int>()
    for sequence in 0..<pending {
      queue.push(sequence, at: SimTime(nanoseconds: pattern.increment(using: &stream)))
    }
    var last = (time: SimTime.zero, sequence: -1)
    var disorders = 0
    for sequence in pending..<8 * pending {
      guard let (time, event) = queue.pop() else { break }
      // The payload is the sequence of the push, so this is the order that is promised.
      if last >= (time, event) { disorders += 1 }
      last = (time, event)
      queue.push(
        sequence, at: time + SimDuration(nanoseconds: pattern.increment(using: &stream)))
      if sequence % pending == 0 { queue.checkInvariants() }
    }
    #expect(disorders == 0)
    #expect(queue.count == pending)
    #expect(drained(&queue).count == pending)
  }
}

/// The shapes that the times of a run can have.
enum TimePattern: CaseIterable, Sendable {
  case equal, fewTicks, dense, wide, bimodal, heavyTailed, wholeRange

  func increment(using stream: inout RandomStream) -> Int64 {
    let uniform = stream.nextUniformPositive()
    return switch self {
    case .equal: 0
    case .fewTicks: Int64(uniform * 3)
    case .dense: Int64(uniform * 300)
    case .wide: Int64(uniform * 1e12)
    case .bimodal: Int64(uniform < 0.9 ? uniform * 100 : uniform * 1e9)
    case .heavyTailed: Int64(min(1 / (uniform * uniform), 1e15))
    case .wholeRange: .max >> Int64(uniform * 62)
    }
  }
}

private struct Trial: ~Copyable {
  struct Entry {
    var time: Int64
    var sequence: Int
    var event: Int
    var handle: EventHandle
  }

  let pattern: TimePattern
  var stream: RandomStream
  var queue = EventQueue<Int>()
  var reference: [Entry] = []
  var retired: [EventHandle] = []
  var now: Int64 = 0
  var sequence = 0

  init(pattern: TimePattern, seed: UInt64) {
    self.pattern = pattern
    stream = RandomStream(seed: seed, name: "trial")
  }

  mutating func step(pushPercent: Int) {
    switch Int.random(in: 0..<100, using: &stream) {
    case ..<pushPercent: push()
    case ..<(pushPercent + 10): cancel()
    case ..<(pushPercent + 20): reschedule()
    case ..<(pushPercent + 24): peek()
    default: pop()
    }
    #expect(queue.count == reference.count)
  }

  /// A time from now on; the sum stays at the last instant where it would overflow.
  mutating func time() -> SimTime {
    let increment = pattern.increment(using: &stream)
    return SimTime(nanoseconds: now) + SimDuration(nanoseconds: increment)
  }

  mutating func push() {
    let time = time()
    sequence += 1
    let handle = queue.push(sequence, at: time)
    reference.append(
      Entry(time: time.nanoseconds, sequence: sequence, event: sequence, handle: handle))
  }

  mutating func pop() {
    guard let index = firstIndex() else {
      #expect(queue.pop()?.event == nil)
      return
    }
    let expected = reference.remove(at: index)
    retired.append(expected.handle)
    now = expected.time
    let popped = queue.pop()
    #expect(popped?.event == expected.event)
    #expect(popped?.time.nanoseconds == expected.time)
  }

  mutating func peek() {
    let expected = firstIndex().map { reference[$0].time }
    #expect(queue.nextTime?.nanoseconds == expected)
  }

  mutating func cancel() {
    if let stale = retired.randomElement(using: &stream) { #expect(queue.cancel(stale) == false) }
    guard let index = reference.indices.randomElement(using: &stream) else { return }
    let entry = reference.remove(at: index)
    #expect(queue.cancel(entry.handle) == true)
    retired.append(entry.handle)
  }

  mutating func reschedule() {
    guard let index = reference.indices.randomElement(using: &stream) else { return }
    let time = time()
    sequence += 1
    reference[index].time = time.nanoseconds
    reference[index].sequence = sequence
    #expect(queue.reschedule(reference[index].handle, to: time) == true)
  }

  func firstIndex() -> Int? {
    reference.indices.min {
      (reference[$0].time, reference[$0].sequence) < (reference[$1].time, reference[$1].sequence)
    }
  }
}
