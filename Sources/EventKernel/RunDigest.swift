// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// A 64-bit fingerprint of the events of a run, in their order.
///
/// Two runs of the same scenario, seed and version have the same digest; one event more, fewer,
/// later or in another place changes it, but for a chance of 2^-64. It guards against mistakes, not
/// against an adversary.
public struct RunDigest: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
  private var state: UInt64 = 0x243F_6A88_85A3_08D3

  public init() {}

  /// Takes in one word.
  ///
  /// For a given state this is a bijection of the word, and for a given word of the state, so one
  /// difference never cancels itself out.
  public mutating func combine(_ word: UInt64) {
    let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
    state = (product ^ product >> 32) &+ 0x94D0_49BB_1331_11EB
  }

  /// Takes in one event: when, of what kind, and about what.
  public mutating func combine(time: SimTime, kind: UInt8, subject: Int) {
    // The subject is mixed beside the chain of states, which only one multiplication then delays.
    let what = (UInt64(kind) << 56 ^ UInt64(bitPattern: Int64(subject))) &* 0xBF58_476D_1CE4_E5B9
    combine(UInt64(bitPattern: time.nanoseconds) &+ (what ^ what >> 32))
  }

  /// The digest of what has been taken in so far.
  public var value: UInt64 {
    var finisher = SplitMix64(state: state)
    return finisher.next()
  }

  /// The digest as 16 hexadecimal digits.
  public var description: String { Hexadecimal.text(of: value, digits: 16) }
}
