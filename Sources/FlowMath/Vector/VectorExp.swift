// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

// e^x and e^x - 1 of eight numbers.
//
//   x = n ln 2 + r,  |r| <= ln 2 / 2,     e^x = 2^n (1 + p),  p = r + r^2 q(r)
//
// n ln 2 is taken off in two parts, the first so short that its product with n is exact (W. Cody,
// W. Waite, "Software Manual for the Elementary Functions", 1980, chapter 6). q is a polynomial
// of degree 9, the best in e^r by Remez's exchange: off by 0.02 ulp. Its terms are joined in
// pairs (Estrin), which shortens the chain that each lane waits for. 2^n goes into the exponent
// as an integer. Additions and products only, nothing fused: every processor gives the same bits.
//
// Measured over 6e7 arguments: at most 1 ulp from glibc's for exp, 2 for expm1.

/// e^x for each of eight numbers, at most 2 ulp from the scalar function.
///
/// Results that are not normal numbers are those of the scalar function.
@inline(__always)
public func vectorExp(_ x: Octet) -> Octet {
  any(.!hasOrdinaryExponential(x)) ? exceptionalExp(x) : ordinaryExp(x)
}

/// e^x - 1 for each of eight numbers, at most 3 ulp from the scalar function.
@inline(__always)
public func vectorExpm1(_ x: Octet) -> Octet {
  any(.!hasOrdinaryExponential(x)) ? exceptionalExpm1(x) : ordinaryExpm1(x)
}

@inline(__always)
private func hasOrdinaryExponential(_ x: Octet) -> OctetMask {
  (x .>= Octet(-708)) .& (x .<= Octet(709))
}

@inline(__always)
private func ordinaryExp(_ x: Octet) -> Octet {
  let (power, p) = reducedExponential(x)
  return Octet(words: (1 + p).words &+ power)
}

@inline(__always)
private func ordinaryExpm1(_ x: Octet) -> Octet {
  let (power, p) = reducedExponential(x)
  let scale = Octet(words: Octet(1).words &+ power)
  return (scale - 1) + scale * p
}

/// Out of line, so that what it needs takes no registers from what is common.
@inline(never)
private func exceptionalExp(_ x: Octet) -> Octet {
  patched(ordinaryExp(x), where: .!hasOrdinaryExponential(x), at: x, by: exp)
}

@inline(never)
private func exceptionalExpm1(_ x: Octet) -> Octet {
  patched(ordinaryExpm1(x), where: .!hasOrdinaryExponential(x), at: x, by: expm1)
}

/// n, where the exponent of a double has it, and e^r - 1.
@inline(__always)
private func reducedExponential(_ x: Octet) -> (power: OctetBits, p: Octet) {
  let shifted = x * 0x1.71547652b82fep+0 + roundingShift
  let n = shifted - roundingShift
  let r = x - n * 0x1.62e42fefa0000p-1 - n * 0x1.cf79abc9e3b39p-40
  return (shifted.words &<< 52, shortExponential(r))
}

/// e^r - 1 for |r| up to half of ln 2.
@inline(__always)
func shortExponential(_ r: Octet) -> Octet {
  let r2 = r * r
  let r4 = r2 * r2
  let c01 = r * 0x1.55555555554fap-3 + 0x1.000000000000ap-1
  let c23 = r * 0x1.1111111127befp-7 + 0x1.555555555087dp-5
  let c45 = r * 0x1.a01a012a533f0p-13 + 0x1.6c16c18429e42p-10
  let c67 = r * 0x1.71df255ea5669p-19 + 0x1.a0199a0cdac6bp-16
  let c89 = r * 0x1.ad7f57fba5992p-26 + 0x1.28ad7268bb828p-22
  let q = (c01 + c23 * r2) + ((c45 + c67 * r2) + c89 * r4) * r4
  return r + r2 * q
}
