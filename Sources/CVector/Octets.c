// SPDX-License-Identifier: GPL-3.0-or-later
#define LANES 8
#include "CVector.h"
#include "Cloned.h"
#include "Exp.h"
#include "Log.h"

PART doubles joined(cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d) {
  return (doubles){a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1]};
}

CLONED void cvector_exp8(
    cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d, double *results) {
  store(exponential(joined(a, b, c, d)), results);
}

CLONED void cvector_expm1_8(
    cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d, double *results) {
  store(exponential_less_one(joined(a, b, c, d)), results);
}

CLONED void cvector_log8(
    cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d, double *results) {
  store(logarithm(joined(a, b, c, d)), results);
}

CLONED void cvector_log1p_8(
    cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d, double *results) {
  store(logarithm_of_one_more(joined(a, b, c, d)), results);
}
