// SPDX-License-Identifier: GPL-3.0-or-later

// Transports that lose nothing because they send only what has room.
//
// **Pause frames** (priority flow control, IEEE 802.1Qbb): a receiver that runs full says stop,
// and must hold what still comes. From the moment it decides (IEEE 802.1Q, annex N, and vendors'
// guides to headroom reckon in the same way):
//
//   C R             what is on the way, both directions: the pause goes out, the last bit comes in
//   one packet      the receiver is sending, and the pause has to wait for its end
//   the pause       a frame of 64 bytes and 20 of preamble and gap
//   the reaction    of the sender, by the standard at most 905 quanta of 512 bits at 400 Gbit/s,
//                   394 at 100, 118 at 40, 60 at 10
//   one packet      that the sender had begun
//
// **Credits**: the receiver hands out room in advance. A credit is away for a round trip, so the
// rate is at most the buffer over it.

/// The buffer beyond the stop mark without which a paused sender's bits are lost, by its terms.
public struct PauseHeadroom: Equatable, Sendable {
  /// C R.
  public let roundTrip_bits: Double
  /// The packets that receiver and sender had begun.
  public let packets_bits: Double
  public let pause_bits: Double
  public let reaction_bits: Double

  /// - Parameters:
  ///   - capacity_bit_s: the rate of the line, C.
  ///   - roundTrip_s: there and back, R.
  ///   - packet_bits: the largest packet.
  ///   - reactionQuanta: the sender's reaction in units of 512 bits.
  public init(
    capacity_bit_s: Double, roundTrip_s: Double, packet_bits: Double, reactionQuanta: Double
  ) {
    roundTrip_bits = max(0, capacity_bit_s) * max(0, roundTrip_s)
    packets_bits = 2 * max(0, packet_bits)
    pause_bits = 84 * 8
    reaction_bits = 512 * max(0, reactionQuanta)
  }

  /// The reaction that the standard allows at a line rate, in units of 512 bits.
  public static func reactionQuanta(capacity_bit_s: Double) -> Double {
    switch capacity_bit_s {
    case ...10e9: 60
    case ...40e9: 118
    case ...100e9: 394
    default: 905
    }
  }
}

/// The rate that a buffer allows a sender who waits for its room: min(C, buffer/R).
///
/// For pause frames the buffer is what is left of it beside the packets that are begun; for
/// credits it is all.
public func losslessRate(
  buffer_bits: Double, roundTrip_s: Double, capacity_bit_s: Double
) -> Double {
  losslessRate(
    buffer_bits: Octet(buffer_bits), roundTrip_s: Octet(roundTrip_s),
    capacity_bit_s: Octet(capacity_bit_s))[0]
}

/// The same for eight links.
@inline(__always)
public func losslessRate(
  buffer_bits: Octet, roundTrip_s: Octet, capacity_bit_s: Octet
) -> Octet {
  let buffer = buffer_bits.greatest(Octet(0))
  let capacity = capacity_bit_s.greatest(Octet(0))
  // Compared as products: neither a round trip nor a buffer of 0 is divided by.
  let isBound = capacity * roundTrip_s .> buffer
  return choose(isBound, buffer / roundTrip_s, capacity)
}
