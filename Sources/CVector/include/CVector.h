// SPDX-License-Identifier: GPL-3.0-or-later
// e^x, ln x and their kin over columns of numbers.
//
// Each function but the last two is compiled for several processors, and the loader takes the
// best variant for the machine. The results are the same to the last bit.
#pragma once
#include <stddef.h>

// Of any number of elements.
void cvector_exp(const double *x, double *results, size_t count);
void cvector_log(const double *x, double *results, size_t count);

// Of eight elements. They come in registers: stored by halves and loaded whole, they would have to
// wait for the memory.
typedef double cvector_pair __attribute__((ext_vector_type(2)));
void cvector_exp8(
    cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d, double *results);
void cvector_expm1_8(
    cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d, double *results);
void cvector_log8(
    cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d, double *results);
void cvector_log1p_8(
    cvector_pair a, cvector_pair b, cvector_pair c, cvector_pair d, double *results);

// The variants for any processor, for tests to compare with.
void cvector_exp_plain(const double *x, double *results, size_t count);
void cvector_log_plain(const double *x, double *results, size_t count);
