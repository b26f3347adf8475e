// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing

@testable import FlowMath

/// The long delay of classes at one server against exact cases and packet by packet.
@Suite struct PriorityDelayTests {
  private static let large = 1e7

  private func columns(
    _ loads: [Double], sizes: Double, places: Double = PriorityDelayTests.large
  ) -> PriorityColumns {
    var columns = PriorityColumns(links: 1, classes: loads.count)
    for (index, load) in loads.enumerated() {
      columns[0, index] = QueueLoad(
        offered_bit_s: load, capacity_bit_s: 1, packet_bits: 1, places: places,
        serviceVariability: sizes)
    }
    columns.evaluate(.twoMoments)
    return columns
  }

  /// M/M/1 has an exponential delay: ln 100 / (1 - r).
  @Test(arguments: [0.1, 0.5, 0.9]) func oneClassOfExponentialPacketsIsExact(load: Double) {
    let found = columns([load], sizes: 1).longDelay(of: 0, 0)
    #expect(abs(found * (1 - load) / log(100) - 1) < 2e-3)
  }

  @Test func aPacketThatNeverWaitsTakesAService() {
    #expect(columns([0.004, 0.004], sizes: 0).longDelay(of: 0, 1) == 1)
    #expect(abs(columns([0, 1e-9], sizes: 1).longDelay(of: 0, 1) / log(100) - 1) < 2e-3)
  }

  @Test func aFullRoomIsTheLongest() {
    // Half of the server is left: a packet waits for nine others, twice a service each. At most ten
    // of these, R = 1/2 at a half, and its service; others come in between, so that what takes 2
    // has a variance of 2^2 * 2 * 0.25 / 0.5.
    let columns = columns([0.5, 10], sizes: 0, places: 10)
    #expect(abs(columns.answer(to: 0, 1).delay_s - 19) < 0.2)
    #expect(abs(columns.longDelay(of: 0, 1) - 22 - 2.326 * 40.0.squareRoot()) < 1e-2)
  }

  @Test func aFluidTakesItsPartFromThoseBelow() {
    var columns = columns([0, 0.25], sizes: 1)
    columns.setFluid(0.5, at: 0, 0)
    columns.evaluate(.mm1k)
    // R = 0.75, W = R / (0.5 * 0.25) = 6.
    #expect(abs(columns.answer(to: 0, 1).wait_s - 6) < 1e-9)
    #expect(columns.answer(to: 0, 0).wait_s == 0.75)
    #expect(columns.longDelay(of: 0, 1) > columns.longDelay(of: 0, 0))
  }

  @Test(
    arguments: [
      ([0.3, 0.4], 1.0), ([0.3, 0.4], 0), ([0.2, 0.2, 0.3], 1), ([0.2, 0.2, 0.3], 0),
      ([0.1, 0.1], 0),
    ] as [([Double], Double)])
  func longDelaysAreThoseOfAServerPacketByPacket(loads: [Double], sizes: Double) {
    let columns = columns(loads, sizes: sizes)
    let server = Server(loads: loads, sizes: sizes, packets: 100_000)
    for (index, delays) in server.delays.enumerated() {
      let mean = delays.reduce(0, +) / Double(delays.count)
      let simulated = delays.sorted()[Int(0.99 * Double(delays.count))]
      #expect(abs(columns.answer(to: 0, index).delay_s / mean - 1) < 0.05)
      #expect(abs(columns.longDelay(of: 0, index) / simulated - 1) < 0.12)
    }
  }
}

extension PriorityDelayTests {
  /// Rooms that have an end, with loads below, at and above what fits.
  @Test(
    arguments: [
      ([0.4, 0.4], 10.0), ([0.4, 0.6], 50), ([0.4, 0.9], 50), ([0.1, 0.88], 20),
      ([0.5, 0.1, 0.4], 30),
    ] as [([Double], Double)], [0.0, 1])
  func roomsHaveAnEnd(_ example: (loads: [Double], places: Double), sizes: Double) {
    let columns = columns(example.loads, sizes: sizes, places: example.places)
    let server = Server(
      loads: example.loads, sizes: sizes, packets: 60_000, places: example.places)
    for (index, delays) in server.delays.enumerated() {
      let mean = delays.reduce(0, +) / Double(delays.count)
      let loss = server.lost[index] / (server.lost[index] + Double(delays.count))
      let long = delays.sorted()[Int(0.99 * Double(delays.count))]
      let found = columns.answer(to: 0, index)
      #expect(abs(found.delay_s / mean - 1) < 0.15)
      #expect(abs(found.loss - loss) < max(0.2 * loss, 0.003), "\(found.loss), not \(loss)")
      #expect((0.85...1.35).contains(columns.longDelay(of: 0, index) / long))
    }
  }
}

/// A server with a queue for each class, packet by packet; a packet in service is left to finish.
private struct Server {
  private(set) var delays: [[Double]]
  private(set) var lost: [Double]

  init(loads: [Double], sizes: Double, packets: Int, places: Double = .infinity) {
    var random = TestRandom(state: 11)
    func exponential() -> Double { -log(1 - Double.random(in: 0..<1, using: &random)) }
    delays = loads.map { _ in [] }
    lost = loads.map { _ in 0 }
    var serving = -1
    var queues: [[Double]] = loads.map { _ in [] }
    var heads = loads.map { _ in 0 }
    var arrivals = loads.map { exponential() / $0 }
    var now = 0.0
    for _ in 0..<packets {
      func takeIn(until instant: Double) {
        for index in loads.indices {
          while arrivals[index] <= instant {
            // The packet in service has a place of its class until it is done.
            let inRoom = queues[index].count - heads[index] + (serving == index ? 1 : 0)
            if Double(inRoom) < places {
              queues[index].append(arrivals[index])
            } else {
              lost[index] += 1
            }
            arrivals[index] += exponential() / loads[index]
          }
        }
      }
      takeIn(until: now)
      if loads.indices.allSatisfy({ heads[$0] == queues[$0].count }) {
        now = arrivals.min() ?? now
        takeIn(until: now)
      }
      guard let next = loads.indices.first(where: { heads[$0] < queues[$0].count }) else { break }
      let arrival = queues[next][heads[next]]
      heads[next] += 1
      serving = next
      now += sizes == 0 ? 1 : exponential()
      takeIn(until: now)
      serving = -1
      delays[next].append(now - arrival)
    }
  }
}
