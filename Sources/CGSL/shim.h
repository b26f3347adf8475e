// SPDX-License-Identifier: GPL-3.0-or-later
// What cpnsim uses of the GNU Scientific Library. Only Statistics imports it.
#ifndef CPNSIM_CGSL_H
#define CPNSIM_CGSL_H
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_psi.h>
#endif
