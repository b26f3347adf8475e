// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the executable is called when it is a watcher.
#define WATCHER_NAME "cpnsim-policy-watcher"
