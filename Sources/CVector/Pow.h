// SPDX-License-Identifier: GPL-3.0-or-later
// x^y.
//
// 2^(y log2 x) loses as many bits as y log2 x has before its point, ten at most, so the logarithm
// is kept as a head and a tail, as in fdlibm's e_pow.c (Sun Microsystems, 1993): with s as in
// Log.h,
//
//   log2 m = 2 / (3 ln 2) * s (3 + s^2 + q),   q = z^2 P(z)
//
// where 3 + s^2 has no rounding to speak of, and products of heads are exact. P is a polynomial
// of degree 6 by Remez's exchange, off by 2^-66.
#pragma once
#include "Exp.h"
#include "Log.h"

PART doubles tail_series(doubles z) {
  doubles z2 = z * z;
  doubles c01 = z * 0x1.b6db6db68342cp-2 + 0x1.3333333333466p-1;
  doubles c23 = z * 0x1.1745af498e3e0p-2 + 0x1.555555a2690bcp-2;
  doubles c45 = z * 0x1.973eb49ecbff8p-3 + 0x1.d8ae6e67e3633p-3;
  return (c01 + c23 * z2) + (c45 + z2 * 0x1.956f28b01bc1ep-3) * (z2 * z2);
}

// log2 x as a head of 26 bits, which is returned, and a tail.
PART doubles logarithm2(doubles x, doubles *tail) {
  doubles n;
  doubles m = split_exponent(x, &n);
  doubles f = m - 1;
  doubles divisor = m + 1;
  doubles inverse = 1 / divisor;
  doubles s = f * inverse;
  // s and the divisor as heads and tails: s - s_head is what the division leaves.
  doubles s_head = head(s);
  doubles divisor_head = head(divisor);
  doubles divisor_tail = m - (divisor_head - 1);
  doubles s_tail = inverse * ((f - s_head * divisor_head) - s_head * divisor_tail);
  doubles z = s * s;
  doubles square = s_head * s_head;
  doubles q = z * z * tail_series(z) + s_tail * (s_head + s);
  doubles sum_head = head(3 + square + q);
  doubles sum_tail = q - ((sum_head - 3) - square);
  doubles product = s_head * sum_head;
  doubles rest = s_tail * sum_head + sum_tail * s;
  doubles lead = head(product + rest);
  doubles lead_rest = rest - (lead - product);
  // 2 / (3 ln 2), its head and the rest of it.
  doubles scaled = lead * 0x1.ec709d8000000p-1;
  doubles scaled_rest = lead_rest * 0x1.ec709dc3a03fdp-1 + lead * 0x1.0e80ff5d27f05p-27;
  doubles result = head((scaled + scaled_rest) + n);
  *tail = scaled_rest - ((result - n) - scaled);
  return result;
}

// 2 to the sum of two.
PART doubles power_of_two(doubles high, doubles low) {
  doubles shifted = (high + low) + rounding_shift;
  doubles r = ((high - (shifted - rounding_shift)) + low) * 0x1.62e42fefa39efp-1;
  return (doubles)((words)(1 + short_exponential(r)) + ((words)shifted << 52));
}

// As `patch`, of two arguments.
__attribute__((noinline, cold)) static void patch_power(
    doubles *lanes, const signs *rare, const doubles *x, const doubles *y) {
  for (int lane = 0; lane < LANES; lane++)
    if ((*rare)[lane] < 0) (*lanes)[lane] = pow((*x)[lane], (*y)[lane]);
}

PART doubles power(doubles x, doubles y) {
  doubles tail;
  doubles whole = logarithm2(x, &tail);
  doubles y_head = head(y);
  doubles high = y_head * whole;
  doubles low = (y - y_head) * whole + y * tail;
  doubles lanes = power_of_two(high, low);
  // Up to 1021 the result is a normal number.
  signs rare = is_not_positive_normal(x) | is_beyond(1021, high + low);
  if (!any(rare)) return lanes;
  doubles results = lanes, bases = x, exponents = y;
  signs where = rare;
  patch_power(&results, &where, &bases, &exponents);
  return results;
}
