// SPDX-License-Identifier: GPL-3.0-or-later
// The C parser of libyaml. Only YAMLReader imports it.
#ifndef CPNSIM_CYAML_H
#define CPNSIM_CYAML_H
#include <yaml.h>
#endif
