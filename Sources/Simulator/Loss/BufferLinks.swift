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
///
/// Credits come back after a round trip, so that a buffer is sent in each. Behind a pause a round
/// trip's worth still comes, and the headroom has to take it beside the packets on their way out.
func losslessRate(of port: Port, _ transport: Transport.Kind, delay: SimDuration) -> Double {
  let roundTrip_s = 2 * delay.seconds
  guard roundTrip_s > 0 else { return LaneTable.highest }
  let room =
    transport == .losslessCredit
    ? port.buffer.bits
    : port.pauseRoom.bits - HeadroomTerms.packetsOnTheWay * port.packet.bits
  return min(LaneTable.highest, max(0, room) / roundTrip_s)
}

/// What a port has to keep for what comes behind a pause, term by term.
public struct HeadroomTerms: Equatable, Sendable {
  /// What is under way in a round trip at the full rate of the link.
  public var inFlight: Bytes
  /// Packets that can't be stopped half way: one at each end, and the pause behind one.
  public var packets: Bytes
  public var roundTrip: SimDuration
  public var rate: BitsPerSecond

  public var total: Bytes { Bytes(inFlight.value + packets.value) }

  /// A packet that the other end has begun, one that this end has begun before it can send the
  /// pause, and the pause itself, which is shorter than a packet: IEEE 802.1Qbb, annex O.
  static let packetsOnTheWay = 3.0

  public init(rate: BitsPerSecond, delay: SimDuration, packet: Bytes) {
    self.rate = rate
    roundTrip = delay + delay
    inFlight = Bytes(rate.value * roundTrip.seconds / 8)
    packets = Bytes(HeadroomTerms.packetsOnTheWay * packet.value)
  }

  public init(_ link: Link, packet: Bytes) {
    self.init(rate: link.capacity, delay: link.delay, packet: packet)
  }
}
