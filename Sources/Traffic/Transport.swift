// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

/// How the two ends of a flow move its bytes, and what they do about loss and delay.
public struct Transport: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// Takes its share whatever happens, and loses nothing.
    case ideal
    case tcpReno = "tcp-reno"
    case tcpCubic = "tcp-cubic"
    case bbr
    /// RDMA over Ethernet that sends everything again from a lost packet on.
    case goBackN = "rocev2-go-back-n"
    /// RDMA over Ethernet that sends only what was lost again.
    case selectiveRepeat = "rocev2-selective-repeat"
    /// Links that pause what comes before a buffer runs over.
    case losslessPause = "lossless-pfc"
    /// Links that send only what there is room for at the other end.
    case losslessCredit = "lossless-credit"
  }

  public var kind: Kind
  /// The most that is under way and not yet acknowledged; nil for as much as it takes.
  public var window: Bytes?
  /// What a packet carries.
  public var packet: Bytes
  /// The least time until a packet that nobody acknowledges is sent again.
  public var timeout: SimDuration
  /// Whether receivers of TCP tell of what has come behind a hole.
  public var sack: Bool

  public init(
    _ kind: Kind, window: Bytes? = nil, packet: Bytes? = nil, timeout: SimDuration? = nil,
    sack: Bool = true
  ) {
    self.kind = kind
    self.window = window
    self.packet = packet ?? kind.standardPacket
    self.sack = sack
    self.timeout = timeout ?? kind.standardTimeout ?? .zero
  }

  /// The time-out on a way of some round trip: at least so many of them, and at least its own.
  public func timeout(roundTrip_s: Double) -> Double {
    max(timeout.seconds, kind.leastRoundTripsToTimeout * roundTrip_s)
  }

  public static let ideal = Transport(.ideal)
}

extension Transport.Kind {
  /// Whether it promises that no byte is lost.
  public var isLossless: Bool { self == .losslessPause || self == .losslessCredit }

  /// Whether its rate follows from the loss on its way: such flows do not share max-min.
  public var followsLoss: Bool { self == .tcpReno || self == .tcpCubic }

  /// The least time-out where none is given; nil where there is none.
  ///
  /// That of Linux for TCP, and for RDMA the shorter of the two of R.
  /// Mittal and others, "Revisiting network support for RDMA", SIGCOMM 2018.
  public var standardTimeout: SimDuration? {
    switch self {
    case .ideal, .losslessPause, .losslessCredit: nil
    case .tcpReno, .tcpCubic, .bbr: SimDuration(nanoseconds: 200_000_000)
    case .goBackN, .selectiveRepeat: SimDuration(nanoseconds: 100_000)
    }
  }

  /// The round trips that a time-out is at least.
  var leastRoundTripsToTimeout: Double {
    switch self {
    case .ideal, .tcpReno, .tcpCubic, .bbr, .losslessPause, .losslessCredit: 2
    case .goBackN, .selectiveRepeat: 3
    }
  }

  /// An Ethernet frame's payload without headers of IP and TCP, or the largest of RoCEv2.
  public var standardPacket: Bytes {
    switch self {
    case .ideal, .tcpReno, .tcpCubic, .bbr: Bytes(1448)
    case .goBackN, .selectiveRepeat, .losslessPause, .losslessCredit: Bytes(4096)
    }
  }
}
