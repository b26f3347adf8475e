// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A flow that has sent its last bit, and waits until all that was lost has been sent again.
struct EndingFlow: BitwiseCopyable {
  var record: FlowRecord
  var lane: Int32
  /// The position on its path of what held it for longest; -1 for its ceiling.
  var bottleneck: Int32
  var isWatched: Bool
}

/// The flows that wait for their last repairs.
struct EndingFlows {
  private var flows: [EndingFlow] = []
  private var free: [Int32] = []

  mutating func add(_ flow: EndingFlow) -> Int32 {
    guard let index = free.popLast() else {
      flows.append(flow)
      return Int32(flows.count - 1)
    }
    flows[Int(index)] = flow
    return index
  }

  mutating func take(_ index: Int32) -> EndingFlow {
    free.append(index)
    return flows[Int(index)]
  }

  /// Those that are still there, in order of arrival.
  var all: [EndingFlow] {
    let free = Set(free)
    return flows.indices.filter { !free.contains(Int32($0)) }.map { flows[$0] }
      .sorted { $0.record.arrival < $1.record.arrival }
  }
}
