// SPDX-License-Identifier: GPL-3.0-or-later

/// What holds of flows whose order a program outside says: they take turns, and begin at once.
package struct OutsideScheduling: FlowScheduling {
  package var ordersFlows: Bool { true }
}
