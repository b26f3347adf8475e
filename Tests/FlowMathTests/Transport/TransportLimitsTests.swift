// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// RoCEv2, lossless transports and BBR against packet models, sums by hand, and extremes.
@Suite struct TransportLimitsTests {
  private func isClose(_ found: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    abs(found - expected) <= tolerance * abs(expected)
  }

  @Test(arguments: TransportData.goBackN)
  func goBackNIsThePacketModel(row: [Double]) {
    #expect(isClose(goBackNGoodput(loss: row[1], inFlight: row[0]), row[2], 0.05))
    // Packets sent for each that is delivered.
    #expect(isClose(1 / goBackNGoodput(loss: row[1], inFlight: row[0]), row[3], 0.05))
  }

  @Test(arguments: TransportData.selectiveRepeat)
  func selectiveRepeatIsThePacketModel(row: [Double]) {
    let window = RepeatWindow(window: row[0], inRoundTrip: row[1])
    #expect(isClose(selectiveRepeatGoodput(loss: row[3], within: window), row[4], 0.05))
  }

  /// Slot by slot: a sender with a window, a line of so many slots, holes that are reported after
  /// a round trip and repaired at once, and again a time-out after a repair that is lost.
  private func simulated(
    loss: Double, window: Int, roundTrip: Int, timeout: Int = 1, packets: Int, seed: UInt64
  ) -> Double {
    var random = TestRandom(state: seed)
    var arrives = [Int](repeating: -1, count: packets)
    // In order: of holes, and of lost repairs.
    var repairs: [[(slot: Int, packet: Int)]] = [[], []]
    var heads = [0, 0]
    var base = 0
    var next = 0
    var slot = 0
    while base < packets {
      var packet = -1
      var isRepair = false
      let due = (0..<2).filter {
        heads[$0] < repairs[$0].count && repairs[$0][heads[$0]].slot <= slot
      }
      if let kind = due.min(by: { repairs[$0][heads[$0]].slot < repairs[$1][heads[$1]].slot }) {
        packet = repairs[kind][heads[kind]].packet
        heads[kind] += 1
        isRepair = true
      } else if next < min(packets, base + window) {
        packet = next
        next += 1
      }
      if packet >= 0 {
        if Double.random(in: 0..<1, using: &random) < loss {
          let wait = isRepair ? timeout * roundTrip : roundTrip
          repairs[isRepair ? 1 : 0].append((slot + wait, packet))
        } else {
          arrives[packet] = slot + roundTrip
        }
      }
      slot += 1
      while base < packets, arrives[base] >= 0, arrives[base] <= slot { base += 1 }
    }
    return Double(packets) / Double(slot - roundTrip)
  }

  /// Windows that are no multiple of a round trip too, at distances and losses of all kinds.
  @Test(arguments: [100, 700], [1.0, 1.4, 1.8, 3])
  func selectiveRepeatIsAWindowSlotBySlot(roundTrip: Int, ratio: Double) {
    let window = Int(ratio * Double(roundTrip))
    for share in [0.1, 0.5, 2] {
      let loss = share / Double(roundTrip)
      let expected = simulated(
        loss: loss, window: window, roundTrip: roundTrip, packets: 250 * roundTrip, seed: 1)
      // There a lost repair is seen as any loss is, after a round trip.
      let limits = RepeatWindow(
        window: Double(window), inRoundTrip: Double(roundTrip), timeout: 1)
      let found = selectiveRepeatGoodput(loss: loss, within: limits)
      #expect(isClose(found, expected, 0.05), "\(loss): \(found), not \(expected)")
    }
  }

  /// Where repairs are lost often, and seen after three round trips.
  @Test(arguments: [0.005, 0.01, 0.02], [1.0, 1.5, 2, 3])
  func aLostRepairStallsForItsTimeoutAlone(loss: Double, ratio: Double) {
    let roundTrip = 612
    let expected = simulated(
      loss: loss, window: Int(ratio * 612), roundTrip: roundTrip, timeout: 3, packets: 600_000,
      seed: 2)
    let found = selectiveRepeatGoodput(
      loss: loss, within: RepeatWindow(window: ratio * 612, inRoundTrip: 612, timeout: 3))
    #expect(isClose(found, expected, 0.05), "\(found), not \(expected)")
  }

  @Test func headroomIsTheSumOfItsTerms() {
    let long = PauseHeadroom(
      capacity_bit_s: 400e9, roundTrip_s: 0.01, packet_bits: 8 * 4096,
      reactionQuanta: PauseHeadroom.reactionQuanta(capacity_bit_s: 400e9))
    // 400 Gbit/s over 1,000 km of 5 us/km and back: 4 Gbit, 500 MB.
    #expect(long.roundTrip_bits == 4e9)
    #expect(long.packets_bits == 65_536 && long.pause_bits == 672 && long.reaction_bits == 463_360)
  }

  @Test func losslessRatesAreBoundedByBufferOverRoundTrip() {
    #expect(losslessRate(buffer_bits: 2e8, roundTrip_s: 1e-3, capacity_bit_s: 1e11) == 1e11)
    #expect(losslessRate(buffer_bits: 5e7, roundTrip_s: 1e-3, capacity_bit_s: 1e11) == 5e10)
    #expect(losslessRate(buffer_bits: 0, roundTrip_s: 0, capacity_bit_s: 1e11) == 1e11)
    #expect(losslessRate(buffer_bits: 0, roundTrip_s: 1, capacity_bit_s: 1e11) == 0)
  }

  @Test func bbrHoldsItsRateToFifteenPercent() {
    let path = RenoPath(roundTrip_s: 0.1, segment_bits: 12_000)
    for loss in [0, 0.01, 0.05, 0.15] {
      let found = bbrGoodput(loss: loss, share_bit_s: 1e8, over: path)
      #expect(isClose(found, 1e8 * (1 - loss), 1e-12))
    }
    // Four segments a round trip.
    #expect(isClose(bbrGoodput(loss: 0.3, share_bit_s: 1e8, over: path), 0.7 * 480_000, 1e-12))
    #expect(bbrGoodput(loss: 1, share_bit_s: 1e8, over: path) == 0)
    #expect(bbrGoodput(loss: 0.5, share_bit_s: 1e3, over: path) == 500)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func anythingHasAnAnswer(seed: UInt64) {
    var random = TestRandom(state: seed)
    func pick(_ values: [Double]) -> Double { values.randomElement(using: &random) ?? 0 }
    for _ in 0..<100 {
      let loss = pick([0, 1e-300, 1e-12, 1e-5, 1e-3, 0.1, 0.5, 0.999_999, 1])
      let rate = pick([0, 1e-9, 1, 1e6, 1e12])
      let window = pick([0, 1, 2, 1e3, 1e7, 1e12])
      let path = RenoPath(
        roundTrip_s: pick([1e-9, 1e-6, 1e-3, 1, 10]), segment_bits: pick([1, 12_000, 1e6]),
        segmentsPerAck: pick([1, 2, 10]), maxWindow: pick([1, 10, 1e6, .infinity]))
      let rates = [
        pftkGoodput(loss: loss, over: path), cubicGoodput(loss: loss, over: path),
        bbrGoodput(loss: loss, share_bit_s: rate, over: path),
        losslessRate(buffer_bits: window, roundTrip_s: path.roundTrip_s, capacity_bit_s: rate),
      ]
      #expect(rates.allSatisfy { $0 >= 0 && $0 < .infinity }, "\(path) \(loss): \(rates)")
      let parts = [
        goBackNGoodput(loss: loss, inFlight: window),
        selectiveRepeatGoodput(
          loss: loss, within: RepeatWindow(window: window, inRoundTrip: pick([0, 1, 300, 1e9]))),
      ]
      #expect(parts.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(path) \(loss) \(rate): \(parts)")
    }
  }
}
