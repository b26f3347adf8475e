// SPDX-License-Identifier: GPL-3.0-or-later
// The compression library zstd. Only Compression imports it, and the tests that make packed files.
#ifndef CPNSIM_CZSTD_H
#define CPNSIM_CZSTD_H
#include <zstd.h>
#endif
