// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

// The time at the start that statistics leave out, while the network fills.
//
// What happens then is simulated and written like everything else. Flows that arrive before its
// end are left out of distributions and deadlines; means over time begin at its end.

extension World {
  /// From now on statistics count.
  func warmUpEnds() throws(RunError) {
    ledger.startCounting(at: now)
    fluid.measureLinks(at: now.nanoseconds)
    try tell(.accountsAreRead)
    let carried = model.topology.links.indices.map { carriedBits(of: $0) }
    meter.startCounting(at: now, carried: carried)
  }

  /// The mean number of flows between arrival and finish; not a number without any time that counts.
  var meanPresence: Double {
    let seconds = (now - (.zero + model.warmUp)).seconds
    return seconds > 0 ? ledger.presence / seconds : .nan
  }
}
