// SPDX-License-Identifier: GPL-3.0-or-later
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

  public init(_ kind: Kind, window: Bytes? = nil, packet: Bytes? = nil) {
    self.kind = kind
    self.window = window
    self.packet = packet ?? kind.standardPacket
  }

  public static let ideal = Transport(.ideal)
}

extension Transport.Kind {
  /// Whether it promises that no byte is lost.
  public var isLossless: Bool { self == .losslessPause || self == .losslessCredit }

  /// Whether its rate follows from the loss on its way: such flows do not share max-min.
  public var followsLoss: Bool { self == .tcpReno || self == .tcpCubic }

  /// An Ethernet frame's payload without headers of IP and TCP, or the largest of RoCEv2.
  public var standardPacket: Bytes {
    switch self {
    case .ideal, .tcpReno, .tcpCubic, .bbr: Bytes(1448)
    case .goBackN, .selectiveRepeat, .losslessPause, .losslessCredit: Bytes(4096)
    }
  }
}
