// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Results
internal import Simulator
internal import Traffic

/// What `show headroom` prints: what links have to keep behind a pause, term by term.
enum HeadroomListing {
  private static let headings: [Listing.Heading] = [
    .init("link"), .init("rate", "rate_bps"), .init("round trip", "round_trip_s"),
    .init("rate x round trip", "in_flight_bytes"), .init("two packets", "packets_bytes"),
    .init("the pause", "pause_bytes"), .init("reaction", "reaction_bytes"),
    .init("headroom", "headroom_bytes"), .init("kept", "kept_bytes"),
    .init("lossless at", "lossless_bps"),
  ]

  /// Each link of a network, with what its port keeps and the rate up to which that is enough.
  static func listing(of topology: Topology) -> Listing {
    var listing = Listing(headings)
    for link in topology.links {
      let terms = HeadroomTerms(link, packet: packet)
      listing.append(
        cells(link.name, terms) + [
          .size(bytes: link.port.pauseRoom.value),
          .rate(min(link.capacity.value, terms.rate(within: link.port.pauseRoom).value)),
        ])
    }
    return listing
  }

  /// One link that is no part of a network.
  static func listing(rate: BitsPerSecond, length: Kilometres) -> Listing {
    let glass = Double(LightModel().delayPerKm.nanoseconds) * length.value
    let terms = HeadroomTerms(
      rate: rate, delay: SimDuration(nanoseconds: Int64(glass.rounded())), packet: packet)
    var listing = Listing(headings)
    listing.append(cells(length.argumentText, terms) + [.absent, .absent])
    return listing
  }

  private static let packet = Transport.Kind.losslessPause.standardPacket

  private static func cells(_ name: String, _ terms: HeadroomTerms) -> [Cell] {
    [
      .text(name), .rate(terms.rate.value), .duration(terms.roundTrip),
      .size(bytes: terms.inFlight.value), .size(bytes: terms.packets.value),
      .size(bytes: terms.pause.value), .size(bytes: terms.reaction.value),
      .size(bytes: terms.total.value),
    ]
  }
}
