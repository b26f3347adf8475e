// SPDX-License-Identifier: GPL-3.0-or-later

/// Eight numbers that are computed with at once.
///
/// Eight doubles are four registers of the oldest x86-64 processors and one of the newest; with
/// four independent registers in flight a chain of additions does not wait for itself.
public typealias Octet = SIMD8<Double>

/// The words of eight doubles.
typealias OctetBits = SIMD8<UInt64>

/// One truth for each of eight numbers.
public typealias OctetMask = SIMDMask<SIMD8<Int64>>

extension SIMD8<Double> {
  @inline(__always)
  var words: OctetBits { unsafeBitCast(self, to: OctetBits.self) }

  @inline(__always)
  init(words: OctetBits) { self = unsafeBitCast(words, to: Octet.self) }

  @inline(__always)
  init(_ value: Double) { self.init(repeating: value) }

  /// The lesser of each pair; `other` where this one is no number.
  ///
  /// The library's `pointwiseMin` is a call per lane.
  @inline(__always)
  func least(_ other: Octet) -> Octet { other.replacing(with: self, where: self .< other) }

  /// The greater of each pair; `other` where this one is no number.
  @inline(__always)
  func greatest(_ other: Octet) -> Octet { other.replacing(with: self, where: self .> other) }

  /// Each without its sign.
  @inline(__always)
  var magnitudes: Octet { Octet(words: words & OctetBits(repeating: 0x7fff_ffff_ffff_ffff)) }
}

/// The first number where the mask is set and the second where it is not.
@inline(__always)
func choose(_ mask: OctetMask, _ yes: Octet, _ no: Octet) -> Octet {
  no.replacing(with: yes, where: mask)
}
