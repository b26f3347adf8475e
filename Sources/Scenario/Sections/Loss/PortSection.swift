// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

/// The port at the head of a link.
struct PortSection: Section {
  var origin = Origin.none
  var preset: PortPreset?
  var buffer: Positive<Bytes>?
  var queueing: Written<Port.Queueing>?
  var packet: Positive<Bytes>?
  var packetVariation: Double?
  var signal: Port.Signal?
  var markAt: Percentage?
  var loss: Written<Double>?
  var headroom: Bytes?

  static let shape = Shape<PortSection>(
    "The port at the head of a link: its buffer, its packets, and what it does when it fills.",
    shorthand: "preset",
    fields: [
      .optional(
        "preset", \.preset,
        "What the other keys start from: a switch with a buffer of 2 MB a port, or of 333 MB."),
      .optional(
        "buffer", \.buffer, "What packets wait in: all of them, or those of each priority."),
      .optional(
        "queueing", \.queueing,
        "Which packet goes next: the one that came first, or one of the highest priority."),
      .optional("packet", \.packet, "The mean size of a packet; 1500 B."),
      .optional(
        "packet_variation", \.packetVariation,
        "Standard deviation over mean of packet sizes: 0 where all are alike, 1 if exponential."),
      .optional(
        "signal", \.signal, "How senders are told to slow down: by dropping or by marking."),
      .optional("mark_at", \.markAt, "The part of the buffer at which packets are marked."),
      .optional("loss", \.loss, "The part of all packets that the link loses, from 0 to 1."),
      .optional(
        "headroom", \.headroom,
        "What is kept for packets that arrive after a pause; all of the buffer if not given."),
    ])
}

/// A port to start from.
enum PortPreset: String, Choice {
  case shallowBuffer = "shallow-buffer"
  case deepBuffer = "deep-buffer"

  var port: Port {
    switch self {
    case .shallowBuffer: .shallowBuffer
    case .deepBuffer: .deepBuffer
    }
  }
}

extension Port.Signal: Choice {}

extension Port.Queueing: Choice {}

extension PortSection {
  /// The port that this makes of another.
  func applied(to standard: Port) -> Port {
    var port = preset?.port ?? standard
    if let buffer { port.buffer = buffer.value }
    if let queueing { port.queueing = queueing.value }
    if let packet { port.packet = packet.value }
    if let packetVariation { port.packetVariation = packetVariation }
    if let signal { port.signal = signal }
    if let markAt { port.markAt = markAt.share }
    if let loss { port.loss = loss.value }
    if let headroom { port.headroom = headroom }
    return port
  }
}
