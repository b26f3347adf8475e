// SPDX-License-Identifier: GPL-3.0-or-later
internal import CVector

// The functions of eight numbers. Their mathematics is in CVector, in C, because a C function can
// be compiled for several processors at once: the loader takes the variant with the widest
// registers. All of them do the same additions and products and give the same bits.

/// e^x for each of eight numbers, at most 2 ulp from the scalar function.
///
/// Results that are not normal numbers are those of the scalar function.
@inline(__always)
public func vectorExp(_ x: Octet) -> Octet { eight(x, cvector_exp8) }

/// e^x - 1 for each of eight numbers, at most 3 ulp from the scalar function.
@inline(__always)
public func vectorExpm1(_ x: Octet) -> Octet { eight(x, cvector_expm1_8) }

/// ln x for each of eight numbers, at most 3 ulp from the scalar function.
///
/// Of arguments that are not positive normal numbers the scalar function is asked.
@inline(__always)
public func vectorLog(_ x: Octet) -> Octet { eight(x, cvector_log8) }

/// ln(1 + x) for each of eight numbers, exact to some ulp also where x is next to nothing.
@inline(__always)
public func vectorLog1p(_ x: Octet) -> Octet { eight(x, cvector_log1p_8) }

private typealias PairFunction = (
  cvector_pair, cvector_pair, cvector_pair, cvector_pair, UnsafeMutablePointer<Double>?
) -> Void

@inline(__always)
private func eight(_ x: Octet, _ function: PairFunction) -> Octet {
  var results = Octet()
  withUnsafeMutableBytes(of: &results) { places in
    function(
      x.lowHalf.lowHalf, x.lowHalf.highHalf, x.highHalf.lowHalf, x.highHalf.highHalf,
      places.assumingMemoryBound(to: Double.self).baseAddress)
  }
  return results
}
