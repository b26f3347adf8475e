// SPDX-License-Identifier: GPL-3.0-or-later
#define VARIANT
#define NAME(function) cvector_##function##_plain
#include "Columns.h"
