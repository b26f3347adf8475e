// SPDX-License-Identifier: GPL-3.0-or-later

/// A source of random numbers that depends on a seed and a name, and on nothing else.
///
/// Each consumer of chance owns a stream named after it ("traffic/ingress/sizes"), so adding one,
/// or drawing more from one, changes no other's numbers. A stream is 32 bytes and costs no more to
/// make than to hash its name, so a model can own thousands.
///
/// The generator is xoshiro256++ 1.0 of Blackman and Vigna, "Scrambled linear pseudorandom number
/// generators", ACM Trans. Math. Softw. 47 (2021). Its period is 2^256 - 1, so the chance that two
/// streams of even 2^64 draws overlap is about 2^-190 a pair.
public struct RandomStream: RandomNumberGenerator, Equatable, Sendable, BitwiseCopyable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// Makes the stream of this seed and name, the same one in every process and on every machine.
  public init(seed: UInt64, name: String) {
    // Two lanes of 64 bits, because among the streams of a long study one lane could collide.
    var first = SplitMix64(state: seed)
    var left = first.next()
    var right = first.next()
    for byte in name.utf8 {
      left = (left ^ UInt64(byte)) &* 0x100_0000_01B3
      right = (right ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
      right ^= right >> 29
    }
    var low = SplitMix64(state: left)
    var high = SplitMix64(state: right)
    self.init(state: (low.next(), high.next(), low.next(), high.next()))
  }

  /// Makes a stream with a given state, which must not be all zeros.
  init(state: (UInt64, UInt64, UInt64, UInt64)) {
    s0 = state.0
    s1 = state.1
    s2 = state.2
    // A state of zeros never leaves zero; hashing hits it once in 2^256, and this costs nothing.
    s3 = state.0 | state.1 | state.2 | state.3 == 0 ? 1 : state.3
  }

  /// A number of 64 independent bits.
  public mutating func next() -> UInt64 {
    let sum = s0 &+ s3
    let result = (sum << 23 | sum >> 41) &+ s0
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = s3 << 45 | s3 >> 19
    return result
  }

  /// A multiple of 2^-53 in [0, 1), each equally likely.
  public mutating func nextUniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A multiple of 2^-53 in (0, 1], each equally likely: for logarithms and negative powers.
  public mutating func nextUniformPositive() -> Double {
    Double(next() >> 11 + 1) * 0x1p-53
  }
}

/// The generator that fills the state of others: every seed, however poor, gives good bits.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
