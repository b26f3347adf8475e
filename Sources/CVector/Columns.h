// SPDX-License-Identifier: GPL-3.0-or-later
// The loops over whole columns; what is left at the end is computed in lanes of its own.
//
// VARIANT says what is put before a function, and NAME makes its name.
#define LANES 16
#include "CVector.h"
#include "Exp.h"
#include "Log.h"

VARIANT void NAME(exp)(const double *x, double *results, size_t count) {
  size_t at = 0;
  for (; count - at >= LANES; at += LANES) store(exponential(loaded(x + at)), results + at);
  store_rest(exponential(loaded_rest(x + at, count - at)), results + at, count - at);
}

VARIANT void NAME(log)(const double *x, double *results, size_t count) {
  size_t at = 0;
  for (; count - at >= LANES; at += LANES) store(logarithm(loaded(x + at)), results + at);
  store_rest(logarithm(loaded_rest(x + at, count - at)), results + at, count - at);
}
