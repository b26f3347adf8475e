// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import FlowMath
public import NetworkModel
internal import Traffic

/// The links of the fluid system that hold lossless flows to what a buffer has room for.
///
/// All lossless flows of a kind on a link share its buffer, so that its bound is a link of its own
/// that stands on their paths beside the real one.
struct BufferLinks {
  private var positions: [LinkID: [(transport: Transport.Kind, position: Int)]] = [:]

  /// The position of the bound of a link, which is made where it is new.
  mutating func position(
    of link: LinkID, _ transport: Transport.Kind, make: () -> Int
  ) -> Int {
    if let known = positions[link]?.first(where: { $0.transport == transport }) {
      return known.position
    }
    let position = make()
    positions[link, default: []].append((transport, position))
    return position
  }

  func forEach(of link: LinkID, _ body: (Transport.Kind, Int) -> Void) {
    for known in positions[link] ?? [] { body(known.transport, known.position) }
  }
}

/// The rate up to which a port loses nothing with a delay behind it, in bit/s.
func losslessRate(of port: Port, _ transport: Transport.Kind, delay: SimDuration) -> Double {
  let terms = HeadroomTerms(rate: .unlimited, delay: delay, packet: port.packet)
  let room =
    transport == .losslessCredit
    ? port.buffer.bits : port.pauseRoom.bits - terms.withoutRoundTrip.bits
  return losslessRate(
    buffer_bits: room, roundTrip_s: 2 * delay.seconds, capacity_bit_s: FlowClassTable.highest)
}

/// What a port has to keep for what comes behind a pause, term by term.
public struct HeadroomTerms: Equatable, Sendable {
  public var rate: BitsPerSecond
  public var roundTrip: SimDuration
  /// What is under way in a round trip at the full rate of the link.
  public var inFlight: Bytes
  /// Packets that both ends have begun.
  public var packets: Bytes
  /// The pause itself.
  public var pause: Bytes
  /// What comes until the sender has understood it.
  public var reaction: Bytes

  public var total: Bytes { Bytes(inFlight.value + withoutRoundTrip.value) }

  var withoutRoundTrip: Bytes { Bytes(packets.value + pause.value + reaction.value) }

  /// The rate up to which a room is enough, whatever that of the link is.
  public func rate(within room: Bytes) -> BitsPerSecond {
    guard roundTrip > .zero else { return BitsPerSecond(FlowClassTable.highest) }
    return BitsPerSecond(max(0, room.bits - withoutRoundTrip.bits) / roundTrip.seconds)
  }

  public init(rate: BitsPerSecond, delay: SimDuration, packet: Bytes) {
    let terms = PauseHeadroom(
      capacity_bit_s: min(rate.value, FlowClassTable.highest), roundTrip_s: 2 * delay.seconds,
      packet_bits: packet.bits,
      reactionQuanta: PauseHeadroom.reactionQuanta(capacity_bit_s: rate.value))
    self.rate = rate
    roundTrip = delay + delay
    inFlight = Bytes(terms.roundTrip_bits / 8)
    packets = Bytes(terms.packets_bits / 8)
    pause = Bytes(terms.pause_bits / 8)
    reaction = Bytes(terms.reaction_bits / 8)
  }

  public init(_ link: Link, packet: Bytes) {
    self.init(rate: link.capacity, delay: link.delay, packet: packet)
  }
}
