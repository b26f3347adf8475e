// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that are computed with at once, LANES of them, and what the functions of them share.
//
// The file that includes this one says how many: more lanes keep more of the processor busy while
// a chain of operations waits for itself.
#pragma once
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// A fused product and sum would give other bits where the processor has one.
#pragma STDC FP_CONTRACT OFF

// It warns that vectors are passed in other registers on other processors; here they never are,
// as each function that takes one becomes a part of its caller.
#pragma clang diagnostic ignored "-Wpsabi"
#define PART static inline __attribute__((always_inline))

typedef double doubles __attribute__((vector_size(8 * LANES)));
typedef uint64_t words __attribute__((vector_size(8 * LANES)));
// A negative word means yes. Comparisons answer so, and integer differences do with fewer
// instructions.
typedef int64_t signs __attribute__((vector_size(8 * LANES)));

// 3/2 of 2^52: added to a number below 2^51 it leaves the nearest integer in the low bits.
static const double rounding_shift = 0x1.8p52;

PART doubles loaded(const double *x) {
  doubles lanes;
  memcpy(&lanes, x, sizeof lanes);
  return lanes;
}

PART void store(doubles lanes, double *results) { memcpy(results, &lanes, sizeof lanes); }

// The last elements of a column, filled up with ones.
PART doubles loaded_rest(const double *x, size_t count) {
  doubles lanes = (doubles){} + 1;
  memcpy(&lanes, x, count * sizeof *x);
  return lanes;
}

PART void store_rest(doubles lanes, double *results, size_t count) {
  memcpy(results, &lanes, count * sizeof *results);
}

PART int any(signs answers) { return __builtin_reduce_or(answers) < 0; }

// For answers of a comparison.
PART doubles choose(signs answers, doubles yes, doubles no) {
  return (doubles)((answers & (signs)yes) | (~answers & (signs)no));
}

// The upper 26 bits of each, so that the product of two heads is exact.
PART doubles head(doubles x) { return (doubles)((words)x & 0xfffffffff8000000u); }

// Whether x is above a limit in magnitude, or no number.
PART signs is_beyond(double limit, doubles x) {
  int64_t word;
  memcpy(&word, &limit, sizeof word);
  return word - ((signs)x & INT64_MAX);
}

// Whether x is anything but a positive normal number.
PART signs is_not_positive_normal(doubles x) {
  words above = (words)x - 0x0010000000000000u;
  return (signs)(above | (0x7fdfffffffffffffu - above));
}

// Asks the C library about the lanes that are rare. Out of line, and on copies, so that it takes
// no registers from what is common.
__attribute__((noinline, cold, unused)) static void patch(
    doubles *lanes, const signs *rare, const doubles *x, double (*function)(double)) {
  for (int lane = 0; lane < LANES; lane++)
    if ((*rare)[lane] < 0) (*lanes)[lane] = function((*x)[lane]);
}

PART doubles patched(doubles lanes, signs rare, doubles x, double (*function)(double)) {
  if (!any(rare)) return lanes;
  doubles results = lanes, arguments = x;
  signs where = rare;
  patch(&results, &where, &arguments, function);
  return results;
}
