// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands at the head of a link: a buffer, and what happens to packets there.
public struct Port: Equatable, Sendable {
  /// How a full buffer tells senders to slow down.
  public enum Signal: String, CaseIterable, Sendable {
    /// Tail drop: what finds the buffer full is lost.
    case drop
    /// Explicit congestion notification: packets are marked well before the buffer is full.
    case mark
  }

  /// Which of the packets that wait goes next.
  public enum Queueing: String, CaseIterable, Sendable {
    /// The one that came first.
    case fifo
    /// The first of the class with the highest priority, once a packet that is being sent is out.
    case priority
  }

  /// What packets wait in; each level of priorities has as much where these count.
  public var buffer: Bytes
  public var queueing: Queueing
  /// The mean size of a packet on the wire.
  public var packet: Bytes
  /// Standard deviation over mean of packet sizes: 0 where all are alike, 1 where exponential.
  public var packetVariation: Double
  public var signal: Signal
  /// The part of the buffer at which packets are marked.
  public var markAt: Double
  /// The part of all packets that the link itself loses.
  public var loss: Double
  /// What is kept for packets that arrive after a pause; the whole buffer where nil.
  public var headroom: Bytes?

  public init(
    buffer: Bytes, queueing: Queueing = .fifo, packet: Bytes = Bytes(1500),
    packetVariation: Double = 0, signal: Signal = .drop, markAt: Double = 0.2, loss: Double = 0,
    headroom: Bytes? = nil
  ) {
    self.buffer = buffer
    self.queueing = queueing
    self.packet = packet
    self.packetVariation = packetVariation
    self.signal = signal
    self.markAt = markAt
    self.loss = loss
    self.headroom = headroom
  }

  /// The packets that the port holds at most, with the one that is being sent.
  public var packetsHeld: Double { max(1, (buffer.value / packet.value).rounded(.down)) }

  /// What packets behind a pause may fill.
  public var pauseRoom: Bytes { headroom ?? buffer }
}

extension Port {
  /// A port of a switch on one chip, where all ports share a few tens of megabytes.
  ///
  /// 64 MB over 32 ports of 400G: Broadcom's published figures for the BCM56980 (Tomahawk 3).
  public static let shallowBuffer = Port(buffer: Bytes(2e6))

  /// A port of a router whose chip has memory beside it.
  ///
  /// 8 GB over 24 ports of 400G: Broadcom's published figures for the BCM88690 (Jericho 2).
  public static let deepBuffer = Port(buffer: Bytes(333e6))
}
