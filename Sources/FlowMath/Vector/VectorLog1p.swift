// SPDX-License-Identifier: GPL-3.0-or-later

/// ln(1 + x) for each of eight numbers, exact to some ulp also where x is next to nothing.
///
/// What rounding takes from 1 + x is put back as in fdlibm's s_log1p.c.
@inline(__always)
public func vectorLog1p(_ x: Octet) -> Octet {
  let sum = 1 + x
  let corrected = vectorLog(sum) - ((sum - 1) - x) / sum
  // Not so at the ends, where the correction is no number.
  let isOrdinary = (x .> Octet(-1)) .& (x .< Octet(Double.infinity))
  return choose(isOrdinary, corrected, vectorLog(sum))
}
