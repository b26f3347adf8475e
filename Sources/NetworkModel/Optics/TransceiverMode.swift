// SPDX-License-Identifier: GPL-3.0-or-later

/// One way of sending light that a transceiver knows.
public struct TransceiverMode: Hashable, Sendable {
  public let name: String
  public let lineRate: BitsPerSecond
  public let symbolRate_GBd: Double
  /// The spectrum that it takes on the line, filters included.
  public let slot_GHz: Double
  /// The signal to noise ratio that it needs, with the noise in 0.1 nm.
  public let requiredOSNR_dB: Double
  /// Where the figures come from.
  public let source: String
  public let confidence: Confidence

  /// How far figures can be trusted.
  public enum Confidence: String, CaseIterable, Sendable {
    case high, medium, low
    /// The user's own.
    case given
  }

  public init(
    name: String, lineRate: BitsPerSecond, symbolRate_GBd: Double, slot_GHz: Double,
    requiredOSNR_dB: Double, source: String = "", confidence: Confidence = .given
  ) throws(OpticsError) {
    try OpticsError.check(lineRate.value, "the line rate", in: 1e6...1e15, "bit/s")
    try OpticsError.check(symbolRate_GBd, "the symbol rate", in: 0.1...10_000, "GBd")
    try OpticsError.check(slot_GHz, "the slot", in: 1...10_000, "GHz")
    try OpticsError.check(requiredOSNR_dB, "the required OSNR", in: -30...60, "dB")
    guard symbolRate_GBd <= slot_GHz else {
      throw .symbolsOverflowSlot(symbolRate_GBd: symbolRate_GBd, slot_GHz: slot_GHz)
    }
    self.name = name
    self.lineRate = lineRate
    self.symbolRate_GBd = symbolRate_GBd
    self.slot_GHz = slot_GHz
    self.requiredOSNR_dB = requiredOSNR_dB
    self.source = source
    self.confidence = confidence
  }
}
