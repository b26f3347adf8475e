// SPDX-License-Identifier: GPL-3.0-or-later
// A function of which the loader takes the variant for its processor.
//
// So it does for the functions of glibc itself. Other libraries have no such loader.
#pragma once
#include <stddef.h>

#if defined(__x86_64__) && defined(__gnu_linux__)
#define CLONED __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define CLONED
#endif
