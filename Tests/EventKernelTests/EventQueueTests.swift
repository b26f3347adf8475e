// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import EventKernel

@Suite struct EventQueueTests {
  @Test func eventsComeInOrderOfTimeAndThenOfInsertion() {
    var queue = EventQueue<Int>()
    for (event, time) in [(1, 5), (2, 3), (3, 5), (4, 3)] { queue.push(event, at: instant(time)) }
    #expect(drained(&queue) == [2, 4, 1, 3])
  }

  @Test func manyEventsOfOneInstantKeepTheirOrder() {
    var queue = EventQueue<Int>()
    queue.push(-1, at: instant(8_000))
    for event in 0..<10_000 { queue.push(event, at: instant(7_000)) }
    #expect(drained(&queue) == Array(0..<10_000) + [-1])
  }

  @Test func anEmptyQueueHasNothing() {
    var queue = EventQueue<Int>()
    #expect(queue.isEmpty == true)
    #expect(queue.nextTime == nil)
    #expect(queue.pop()?.event == nil)
  }

  @Test func aCancelledEventNeverComes() {
    var queue = EventQueue<Int>()
    let handles = (0..<1_000).map { queue.push($0, at: instant($0)) }
    for index in stride(from: 0, to: 1_000, by: 2) { #expect(queue.cancel(handles[index]) == true) }
    #expect(queue.count == 500)
    #expect(drained(&queue) == Array(stride(from: 1, to: 1_000, by: 2)))
  }

  @Test func aRescheduledEventComesAfterThoseOfItsNewTime() {
    var queue = EventQueue<Int>()
    let first = queue.push(1, at: instant(1))
    queue.push(2, at: instant(2))
    let movedToItsOwnTime = queue.push(3, at: instant(2))
    queue.push(4, at: instant(2))
    #expect(queue.reschedule(first, to: instant(2)) == true)
    #expect(queue.reschedule(movedToItsOwnTime, to: instant(2)) == true)
    #expect(drained(&queue) == [2, 4, 1, 3])
  }

  @Test func aStaleHandleIsHarmless() {
    var queue = EventQueue<Int>()
    let popped = queue.push(1, at: instant(1))
    _ = queue.pop()
    // The new event lies where the popped one lay.
    let pending = queue.push(2, at: instant(2))
    for handle in [popped, .none] {
      #expect(queue.isPending(handle) == false)
      #expect(queue.cancel(handle) == false)
      #expect(queue.reschedule(handle, to: instant(9)) == false)
    }
    #expect(queue.isPending(pending) == true)
    #expect(queue.cancel(pending) == true)
    #expect(queue.cancel(pending) == false)
    #expect(queue.isEmpty == true)
  }

  @Test func thePastIsClosed() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue<Int>()
      queue.push(1, at: SimTime(nanoseconds: 5))
      _ = queue.pop()
      queue.push(2, at: SimTime(nanoseconds: 4))
    }
  }

  @Test func timesReachFromZeroToTheLastInstant() {
    var queue = EventQueue<Int>()
    for event in 0..<200 {
      queue.push(event, at: .distantFuture)
      queue.push(event + 200, at: .zero)
    }
    #expect(drained(&queue) == Array(200..<400) + Array(0..<200))
  }

  @Test(arguments: [2, 1_000])
  func reschedulingForeverTakesNoMoreMemory(pending: Int) {
    var queue = EventQueue<Int>()
    let handles = (0..<pending).map { queue.push($0, at: instant(1_000_000 + $0)) }
    var moved = 0
    var mostKeys = 0
    for round in 0..<100_000 {
      if queue.reschedule(handles[round % 2], to: instant(round &* 7_919 % 900_000)) { moved += 1 }
      mostKeys = max(mostKeys, queue.keyCount)
    }
    #expect(moved == 100_000)
    // One live key for each event, as many dead ones, and the slack of a small queue.
    #expect(mostKeys <= 2 * pending + 32)
    queue.checkInvariants()
  }

  @Test func cancelledSlotsAreUsedAgain() {
    var queue = EventQueue<Int>()
    for round in 0..<100_000 { queue.cancel(queue.push(round, at: instant(round))) }
    #expect(queue.slots.used == 1)
    #expect(queue.keyCount <= 32)
  }

  @Test func peekingFarAheadLeavesRoomForEarlierEvents() {
    var queue = EventQueue<Int>()
    for event in 0..<5_000 { queue.push(event, at: instant(1 << 40 + event)) }
    #expect(queue.nextTime == instant(1 << 40))
    for event in 0..<5_000 {
      queue.push(-event, at: instant(5_000 - event))
      if event % 500 == 0 { queue.checkInvariants() }
    }
    queue.checkInvariants()
    #expect(drained(&queue) == (0..<5_000).map { $0 - 4_999 } + Array(0..<5_000))
  }
}

func instant(_ nanoseconds: Int) -> SimTime {
  SimTime(nanoseconds: Int64(nanoseconds))
}

func drained(_ queue: inout EventQueue<Int>) -> [Int] {
  var events: [Int] = []
  while let (_, event) = queue.pop() { events.append(event) }
  return events
}
