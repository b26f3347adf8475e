// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling

/// An exchange of a job: its plan, and the phase under way.
struct ExchangeState {
  let job: Int
  let plan: ExchangePlan
  var start = SimTime.zero
  /// The position of the step under way; -1 where none is.
  var step = -1
  /// What the phase waits for: transfers, and one for what stays inside hosts.
  var pending = 0
  var transfers: [Transfer] = []
  var paths = BalancedPaths()
  /// For each part of `paths`, whether all it had to send is sent.
  var isSent: [Bool] = []
  /// For each transfer and path, the part before which all by that way are sent.
  var firstUnsent: [UInt64: Int32] = [:]
  /// The flowlets that each transfer of the phase is sent in.
  var flowlets = 1
  var flowClasses = ExchangeClasses()

  /// A transfer of the phase under way.
  struct Transfer: BitwiseCopyable {
    var pair: NICPair
    var tier: FabricTier
    /// Parts that are not sent yet.
    var parts: Int32 = 0
    /// The flowlet that is sent, counted from 0.
    var flowlet: Int32 = 0
    /// Nil while its first byte is on its way.
    var start: SimTime?
    var bits: Double
  }

  init(job: Int, _ plan: ExchangePlan) {
    self.job = job
    self.plan = plan
  }

  /// The flow class of a transfer of the step under way by one of its paths; nil where none is made.
  func flowClass(ofTransfer transfer: Int, by choice: Int32) -> FlowClassID? {
    flowClasses.find(step: step, transfer: transfer, choice: choice)
  }

  /// What a path of a transfer of the step under way is known by.
  func key(transfer: Int, choice: Int32) -> UInt64 {
    ExchangeClasses.key(step: step, transfer: transfer, choice: choice)
  }
}
