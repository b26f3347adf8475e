// SPDX-License-Identifier: GPL-3.0-or-later

/// What the queue sorts: an instant, the sequence of the insertion, and where the event lies.
///
/// Sequence and slot share one word, sequence first, so that comparing the word compares the
/// sequences, and a key is 16 bytes. The word also tells whether the key still stands for its
/// event: it does while the slot holds the same word.
struct EventKey: BitwiseCopyable {
  /// Nanoseconds; never negative, so unsigned comparison is right.
  var time: UInt64
  var order: UInt64

  /// Enough for 16 million pending events, and it leaves 40 bits: 12 days of a million a second.
  static let slotBits: UInt64 = 24
  static let slotLimit = 1 << 24
  static let sequenceLimit: UInt64 = 1 << 40

  init(time: UInt64, order: UInt64) {
    self.time = time
    self.order = order
  }

  var slot: Int { Self.slot(of: order) }

  static func slot(of order: UInt64) -> Int {
    Int(truncatingIfNeeded: order & (1 << slotBits - 1))
  }

  static func order(sequence: UInt64, slot: Int) -> UInt64 {
    sequence << slotBits | UInt64(truncatingIfNeeded: slot)
  }

  /// One wide comparison, because two narrow ones cost a branch that is mispredicted half the time.
  static func precedes(_ left: EventKey, _ right: EventKey) -> Bool {
    (UInt128(left.time) << 64 | UInt128(left.order))
      < (UInt128(right.time) << 64 | UInt128(right.order))
  }
}
