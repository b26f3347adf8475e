// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

// The time at the start that statistics leave out, while the network fills.
//
// What happens then is simulated and written like everything else. Flows that arrive before its
// end are left out of distributions and deadlines; means over time begin at its end.

extension Run {
  /// From now on statistics count.
  func warmUpEnds() {
    countPresence()
    presence = 0
    fluid.measureLinks(at: now.nanoseconds)
    bookDemands()
    let carried = model.topology.links.indices.map { carriedBits(of: $0) }
    meter.startCounting(at: now, carried: carried)
  }

  /// Whether a flow came behind the time that statistics leave out.
  func counts(_ record: FlowRecord) -> Bool { record.arrival >= .zero + model.warmUp }

  /// The mean number of flows between arrival and finish; not a number without any time that counts.
  var meanPresence: Double {
    let seconds = (now - (.zero + model.warmUp)).seconds
    return seconds > 0 ? presence / seconds : .nan
  }
}
