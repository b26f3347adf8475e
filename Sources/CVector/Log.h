// SPDX-License-Identifier: GPL-3.0-or-later
// The natural logarithm.
//
//   x = 2^n m,  sqrt(1/2) <= m < sqrt(2),     s = (m - 1) / (m + 1)
//   ln m = 2 artanh s = 2 s (1 + z R(z)),  z = s^2
//
// as in fdlibm's e_log.c (Sun Microsystems, 1993), but for the polynomial: degree 6, the best
// by Remez's exchange, off by 0.01 ulp. m - 1 is exact, so there is no loss next to x = 1.
#pragma once
#include "Lanes.h"

// m and n of a positive normal number.
PART doubles split_exponent(doubles x, doubles *n) {
  // The word of sqrt(1/2): what is above it counts as the next power of two.
  const uint64_t root = 0x3fe6a09e667f3bcd;
  words shifted = (words)x - root + 0x3ff0000000000000u;
  // An integer below 2^52 becomes a double by the exponent of 2^52.
  *n = (doubles)((shifted >> 52) | 0x4330000000000000u) - (0x1p52 + 1023);
  return (doubles)((shifted & 0x000fffffffffffffu) + root);
}

PART doubles logarithm(doubles x) {
  doubles n;
  doubles m = split_exponent(x, &n);
  doubles s = (m - 1) / (m + 1);
  doubles z = s * s;
  doubles z2 = z * z;
  doubles c01 = z * 0x1.999999997fb32p-3 + 0x1.5555555555593p-2;
  doubles c23 = z * 0x1.c71c51e80abbfp-4 + 0x1.2492494217909p-3;
  doubles c45 = z * 0x1.39a0f5a39bb22p-4 + 0x1.7466462762065p-4;
  doubles series = (c01 + c23 * z2) + (c45 + z2 * 0x1.2f0d874c7c6c5p-4) * (z2 * z2);
  doubles lead = s + s;
  doubles low = lead * (z * series) + n * 0x1.cf79abc9e3b39p-40;
  doubles lanes = n * 0x1.62e42fefa0000p-1 + (lead + low);
  return patched(lanes, is_not_positive_normal(x), x, log);
}

// ln(1 + x): what rounding takes from 1 + x is put back as in fdlibm's s_log1p.c.
PART doubles logarithm_of_one_more(doubles x) {
  doubles sum = 1 + x;
  doubles whole = logarithm(sum);
  doubles corrected = whole - ((sum - 1) - x) / sum;
  // Not so at the ends, where the correction is no number.
  return choose(x > -1, choose(x < (double)INFINITY, corrected, whole), whole);
}
