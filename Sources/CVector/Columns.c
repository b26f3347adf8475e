// SPDX-License-Identifier: GPL-3.0-or-later
#include "Cloned.h"
#define VARIANT CLONED
#define NAME(function) cvector_##function
#include "Columns.h"
