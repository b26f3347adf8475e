// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import EventKernel

@Suite struct EventQueueTests {
  @Test func eventsComeInOrderOfTimeAndThenOfInsertion() {
    var queue = EventQueue<Int>()
    queue.push(1, at: SimTime(nanoseconds: 5))
    queue.push(2, at: SimTime(nanoseconds: 3))
    queue.push(3, at: SimTime(nanoseconds: 5))
    queue.push(4, at: SimTime(nanoseconds: 3))
    var order: [Int] = []
    while let (_, event) = queue.pop() { order.append(event) }
    #expect(order == [2, 4, 1, 3])
  }
}
