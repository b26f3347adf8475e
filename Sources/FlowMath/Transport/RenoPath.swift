// SPDX-License-Identifier: GPL-3.0-or-later

/// What TCP's rate depends on beside loss.
public struct RenoPath: Equatable, Sendable {
  public var roundTrip_s: Double
  /// What one segment carries, in bits.
  public var segment_bits: Double
  /// The time until a segment that nobody acknowledges is sent again, the first time.
  public var timeout_s: Double
  /// The segments that one acknowledgement is for: 2 where they are delayed.
  public var segmentsPerAck: Double
  /// The greatest window of sender and receiver, in segments.
  public var maxWindow: Double
  /// Whether receivers tell of what has come behind a hole (RFC 2018), as all do by now.
  public var sack: Bool

  /// A path on which the time-out is the least one, or two round trips where that is more.
  ///
  /// RFC 6298 has a second as the least, Linux 200 ms. Where no time-out is given, it is that of
  /// the RFC.
  public init(
    roundTrip_s: Double, segment_bits: Double, leastTimeout_s: Double = 1,
    timeout_s: Double? = nil, segmentsPerAck: Double = 2, maxWindow: Double = .infinity,
    sack: Bool = false
  ) {
    self.roundTrip_s = roundTrip_s
    self.segment_bits = segment_bits
    self.timeout_s = timeout_s ?? max(leastTimeout_s, 2 * roundTrip_s)
    self.segmentsPerAck = segmentsPerAck
    self.maxWindow = maxWindow
    self.sack = sack
  }
}

/// Eight paths.
struct RenoPathOctet {
  var roundTrip: Octet
  var segment: Octet
  var timeout: Octet
  var segmentsPerAck: Octet
  var maxWindow: Octet
  /// 1 with selective acknowledgements, 0 without.
  var sack: Octet

  /// The shortest round trip told apart, and the widest window: more than any line holds.
  private static let leastRoundTrip = 1e-12
  private static let greatestWindow = 1e18

  @inline(__always)
  init(
    roundTrip: Octet, segment: Octet, timeout: Octet, segmentsPerAck: Octet, maxWindow: Octet,
    sack: Octet
  ) {
    self.roundTrip = roundTrip.greatest(Octet(Self.leastRoundTrip))
    self.segment = segment.greatest(Octet(1))
    self.timeout = timeout.greatest(Octet(0))
    self.segmentsPerAck = segmentsPerAck.greatest(Octet(1))
    self.maxWindow = maxWindow.greatest(Octet(1)).least(Octet(Self.greatestWindow))
    self.sack = sack
  }

  init(_ path: RenoPath) {
    self.init(
      roundTrip: Octet(path.roundTrip_s), segment: Octet(path.segment_bits),
      timeout: Octet(path.timeout_s), segmentsPerAck: Octet(path.segmentsPerAck),
      maxWindow: Octet(path.maxWindow), sack: Octet(path.sack ? 1 : 0))
  }
}

/// The losses that a formula of rates is asked for; beyond them the rate is that of no loss, or 0.
enum LossRange {
  static let least = 1e-30
  static let greatest = 1 - 0x1p-53
}
