// SPDX-License-Identifier: GPL-3.0-or-later
// e^x and e^x - 1.
//
//   x = n ln 2 + r,  |r| <= ln 2 / 2,     e^x = 2^n (1 + p),  p = r + r^2 q(r)
//
// n ln 2 is taken off in two parts, the first so short that its product with n is exact (W. Cody,
// W. Waite, "Software Manual for the Elementary Functions", 1980, chapter 6). q is a polynomial
// of degree 9, the best in e^r by Remez's exchange: off by 0.02 ulp. Its terms are joined in
// pairs (Estrin), which shortens the chain that each lane waits for. 2^n goes into the exponent
// as an integer.
#pragma once
#include "Lanes.h"

// Up to here the results are normal numbers.
static const double greatest_exponent = 708;

// e^r - 1 for |r| up to half of ln 2.
PART doubles short_exponential(doubles r) {
  doubles r2 = r * r;
  doubles r4 = r2 * r2;
  doubles c01 = r * 0x1.55555555554fap-3 + 0x1.000000000000ap-1;
  doubles c23 = r * 0x1.1111111127befp-7 + 0x1.555555555087dp-5;
  doubles c45 = r * 0x1.a01a012a533f0p-13 + 0x1.6c16c18429e42p-10;
  doubles c67 = r * 0x1.71df255ea5669p-19 + 0x1.a0199a0cdac6bp-16;
  doubles c89 = r * 0x1.ad7f57fba5992p-26 + 0x1.28ad7268bb828p-22;
  doubles q = (c01 + c23 * r2) + ((c45 + c67 * r2) + c89 * r4) * r4;
  return r + r2 * q;
}

// e^r - 1, and n where the exponent of a double has it.
PART doubles reduced_exponential(doubles x, words *power) {
  doubles shifted = x * 0x1.71547652b82fep+0 + rounding_shift;
  doubles n = shifted - rounding_shift;
  doubles r = x - n * 0x1.62e42fefa0000p-1 - n * 0x1.cf79abc9e3b39p-40;
  *power = (words)shifted << 52;
  return short_exponential(r);
}

PART doubles exponential(doubles x) {
  words power;
  doubles p = reduced_exponential(x, &power);
  doubles lanes = (doubles)((words)(1 + p) + power);
  return patched(lanes, is_beyond(greatest_exponent, x), x, exp);
}

PART doubles exponential_less_one(doubles x) {
  words power;
  doubles p = reduced_exponential(x, &power);
  doubles scale = (doubles)((words)((doubles){} + 1) + power);
  doubles lanes = (scale - 1) + scale * p;
  return patched(lanes, is_beyond(greatest_exponent, x), x, expm1);
}
