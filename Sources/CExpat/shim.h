// SPDX-License-Identifier: GPL-3.0-or-later
// The XML parser expat. Only Importing imports it.
#ifndef CPNSIM_CEXPAT_H
#define CPNSIM_CEXPAT_H
#include <expat.h>
#endif
