// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The flow that is due first goes first; those without a deadline come last.
///
/// On a single link, without floors and with ceilings as high as it, all deadlines are met where
/// any order meets them (C. L. Liu, J. W. Layland, J. ACM 20, 1973; M. L. Dertouzos, 1974).
package struct EarliestDeadline: FlowScheduling {
  package var ordersFlows: Bool { true }

  package func rank(of flow: SchedulingQuestion) -> Double {
    flow.deadline.map { Double($0.nanoseconds) } ?? .infinity
  }
}
