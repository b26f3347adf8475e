// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Scheduling

/// Slots that are booked ahead, beside those that jobs get as they come.
@Suite struct BookedSlotTests {
  private func queue(_ count: Int) throws -> RuledQueue {
    try #require(RuledQueue(.conservative, count: count))
  }

  private func job(_ number: Int, _ accelerators: Int32, for time: Int64) -> QueuedJob {
    QueuedJob(
      id: JobID(number), order: Int64(number), accelerators: accelerators, requested: time)
  }

  private func pass(_ queue: inout RuledQueue, at now: Int64) -> [Int] {
    var decisions = QueueDecisions()
    queue.pass(at: now, into: &decisions)
    return decisions.started.map(\.index)
  }

  /// A short job fits before the slot, a long one goes behind it, and the slot begins when it does.
  @Test func othersKeepClearOfWhatIsBooked() throws {
    var queue = try queue(4)
    #expect(queue.earliestSlot(accelerators: 3, length: 50, from: 100, at: 0) == 100)
    queue.reserve(job(0, 3, for: 50), at: 100)
    #expect(queue.booked == 1 && queue.nextPass == 100)
    queue.submit(job(1, 2, for: 100))
    queue.submit(job(2, 2, for: 101))
    queue.submit(job(3, 1, for: 500))
    #expect(pass(&queue, at: 0) == [1, 3])
    queue.end(JobID(1), at: 100)
    #expect(pass(&queue, at: 100) == [0])
    #expect(queue.booked == 0 && queue.nextPass == 150)
    queue.end(JobID(0), at: 150)
    #expect(pass(&queue, at: 150) == [2])
  }

  /// What ends early lets others move forward, and not what is booked.
  @Test func aBookedSlotStaysWhereItIs() throws {
    var queue = try queue(2)
    queue.submit(job(0, 2, for: 100))
    #expect(pass(&queue, at: 0) == [0])
    #expect(queue.earliestSlot(accelerators: 1, length: 10, from: 20, at: 0) == 100)
    queue.reserve(job(1, 1, for: 10), at: 100)
    queue.submit(job(2, 2, for: 30))
    #expect(pass(&queue, at: 1).isEmpty)
    queue.end(JobID(0), at: 50)
    #expect(pass(&queue, at: 50) == [2])
    queue.end(JobID(2), at: 80)
    #expect(pass(&queue, at: 80).isEmpty && queue.nextPass == 100)
    #expect(pass(&queue, at: 100) == [1])
  }

  /// A slot that is given back is free for the others.
  @Test func aWithdrawnSlotIsFree() throws {
    var queue = try queue(2)
    queue.reserve(job(0, 2, for: 100), at: 10)
    queue.submit(job(1, 1, for: 50))
    #expect(pass(&queue, at: 0).isEmpty)
    queue.withdraw(JobID(0))
    #expect(queue.booked == 0)
    #expect(pass(&queue, at: 5) == [1])
  }

  /// With fewer accelerators the booked slot is kept, and the others are given anew around it.
  @Test func aFailureMovesTheOthersOnly() throws {
    var queue = try queue(4)
    queue.submit(job(0, 2, for: 40))
    queue.reserve(job(1, 2, for: 10), at: 20)
    #expect(pass(&queue, at: 0) == [0])
    queue.submit(job(2, 2, for: 20))
    queue.setCount(2, at: 0)
    // Job 0 holds both until 40, so what was promised for 20 can't be kept: it starts as soon as it fits.
    #expect(pass(&queue, at: 0).isEmpty)
    #expect(pass(&queue, at: 20).isEmpty)
    queue.end(JobID(0), at: 40)
    #expect(pass(&queue, at: 40) == [1])
    queue.end(JobID(1), at: 50)
    #expect(pass(&queue, at: 50) == [2])
  }

  /// What can be booked is where everything that runs, waits and is booked leaves room for long enough.
  @Test(arguments: 0..<60)
  func theEarliestSlotIsThatOfEveryInstantTried(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, name: "booked-slots")
    let count = Int.random(in: 1...6, using: &stream)
    var queue = try queue(count)
    var held: [(from: Int64, to: Int64, accelerators: Int32)] = []
    for number in 0..<25 {
      let accelerators = Int32.random(in: 1...Int32(count), using: &stream)
      let length = Int64.random(in: 1...20, using: &stream)
      let from = Int64.random(in: 0...60, using: &stream)
      let fits = { (start: Int64) in
        (start..<start + length).allSatisfy { time in
          let sum = held.filter { $0.from <= time && time < $0.to }
            .reduce(0) { $0 + $1.accelerators }
          return sum + accelerators <= Int32(count)
        }
      }
      let expected = try #require((from...2000).first(where: fits))
      let found = queue.earliestSlot(
        accelerators: accelerators, length: length, from: from, at: 0)
      #expect(found == expected)
      queue.reserve(job(number, accelerators, for: length), at: expected)
      held.append((expected, expected + length, accelerators))
    }
    // Each of them starts when it was booked for.
    var starts: [Int: Int64] = [:]
    for now in 0...held.reduce(0, { max($0, $1.to) }) {
      for (number, start) in starts where start + held[number].to - held[number].from == now {
        queue.end(JobID(number), at: now)
      }
      for number in pass(&queue, at: now) { starts[number] = now }
    }
    #expect(held.indices.allSatisfy { starts[$0] == held[$0].from })
  }
}
