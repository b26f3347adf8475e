// SPDX-License-Identifier: GPL-3.0-or-later

/// A sender and a receiver of RDMA over a line that loses packets, packet by packet.
///
/// Time goes in slots of a packet. What the receiver says takes a round trip from the slot of the
/// packet that it speaks of. Written apart from the program, to be compared with it.
struct PacketLine {
  var loss: Double
  var window: Int
  var roundTrip: Int
  var timeout: Int
  var packets: Int
  var random: TestRandom

  init(
    loss: Double, window: Int, roundTrip: Int, timeout: Int, packets: Int, seed: UInt64
  ) {
    self.loss = loss
    self.window = window
    self.roundTrip = roundTrip
    self.timeout = timeout
    self.packets = packets
    random = TestRandom(state: seed)
  }

  private mutating func isLost() -> Bool { Double.random(in: 0..<1, using: &random) < loss }

  /// The slots until the last packet is in, one way being taken off.
  mutating func selectiveRepeat() -> Int {
    var isIn = [Bool](repeating: false, count: packets)
    var expected = 0
    var acknowledged = 0
    var next = 0
    var slot = 0
    var acks: [(slot: Int, upTo: Int)] = []
    var repairs: [(slot: Int, packet: Int)] = []
    // Holes of which no packet behind them has told yet, with their time-outs.
    var untold: [(slot: Int, packet: Int)] = []
    while expected < packets {
      while let ack = acks.first, ack.slot <= slot { acknowledged = acks.removeFirst().upTo }
      while let hole = untold.first, hole.slot <= slot { repairs.append(untold.removeFirst()) }
      var packet = -1
      if let due = repairs.indices.first(where: { repairs[$0].slot <= slot }) {
        packet = repairs.remove(at: due).packet
      } else if next < min(packets, acknowledged + window) {
        packet = next
        next += 1
      }
      slot += 1
      guard packet >= 0 else { continue }
      if isLost() {
        if packet == next - 1 {
          untold.append((slot + timeout, packet))
        } else {
          repairs.append((slot + timeout, packet))
        }
        continue
      }
      isIn[packet] = true
      repairs += untold.filter { $0.packet < packet }.map { (slot + roundTrip, $0.packet) }
      untold.removeAll { $0.packet < packet }
      while expected < packets, isIn[expected] { expected += 1 }
      acks.append((slot + roundTrip, expected))
    }
    return slot
  }

  /// The same for a receiver that drops all behind a hole, and says so once.
  mutating func goBackN() -> Int {
    var expected = 0
    var acknowledged = 0
    var next = 0
    var slot = 0
    var hasComplained = false
    var progress = 0
    var answers: [(slot: Int, expected: Int, isComplaint: Bool)] = []
    while expected < packets {
      while let answer = answers.first, answer.slot <= slot {
        answers.removeFirst()
        if answer.expected > acknowledged || answer.isComplaint { progress = slot }
        acknowledged = max(acknowledged, answer.expected)
        next = answer.isComplaint ? answer.expected : max(next, acknowledged)
      }
      if slot >= progress + timeout { (next, progress) = (acknowledged, slot) }
      let sent = next < min(packets, acknowledged + window) ? next : -1
      slot += 1
      guard sent >= 0 else { continue }
      next += 1
      guard !isLost() else { continue }
      if sent == expected {
        expected += 1
        hasComplained = false
        answers.append((slot + roundTrip, expected, false))
      } else if sent > expected, !hasComplained {
        hasComplained = true
        answers.append((slot + roundTrip, expected, true))
      }
    }
    return slot
  }
}

/// SplitMix64, for tests.
struct TestRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
