// SPDX-License-Identifier: GPL-3.0-or-later

/// All flows have the same share of what floors leave: max-min fairness.
package struct FairScheduling: FlowScheduling {}
