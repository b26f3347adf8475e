// SPDX-License-Identifier: GPL-3.0-or-later
// The compression library zlib. Only Compression imports it, and the tests that make packed files.
#ifndef CPNSIM_CZLIB_H
#define CPNSIM_CZLIB_H
#include <zlib.h>
#endif
