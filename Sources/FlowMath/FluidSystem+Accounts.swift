// SPDX-License-Identifier: GPL-3.0-or-later

// What held flows back, and what links have carried.

extension FluidSystem {
  /// The number of times that a flow has to remember: one a link, and one for its ceiling.
  func trackedTimes(of record: SharingClass) -> Int {
    Int(record.hops) + (record.limit < .infinity ? 1 : 0)
  }

  /// The position on the path of the link that held a flow back for longest, nil for its ceiling.
  ///
  /// The class must have been advanced to the present. Equal times go to the first link.
  func longestHold(of index: Int32, slot: Int) -> Int? {
    let record = sharing.classes[index]
    let held = heldTime.base + Int(record.pathStart)
    let before = flows.heldAtStart(slot)
    var longest = 0
    for entry in 0..<trackedTimes(of: record)
    where held[entry] - before[entry] > held[longest] - before[longest] {
      longest = entry
    }
    return longest < Int(record.hops) ? longest : nil
  }

  /// The rate of each flow of a class in bits per second.
  public func rate(ofClass index: Int) -> Double { progress[index].rate * 1e9 }

  /// The number of flows of a class in progress.
  public func flows(ofClass index: Int) -> Int { Int(progress[index].flows) }

  /// The number of classes.
  public var classCount: Int { progress.count }

  /// What each link holds of the present, and what it has carried up to an instant.
  ///
  /// - Returns: bits that the link has carried since the start of the run.
  public func carriedBits(of link: Int) -> Double { carried[link] }

  /// Brings `carriedBits` and all held times up to an instant.
  public mutating func flush(to nanoseconds: Int64) {
    let now = instant(nanoseconds)
    for index in 0..<Int32(progress.count) {
      if progress[index].flows > 0 { advance(index, to: now) }
      let bits = progress[index].unflushed
      guard bits != 0 else { continue }
      progress[index].unflushed = 0
      let record = sharing.classes[index]
      for hop in Int(record.pathStart)..<Int(record.pathStart + record.hops) {
        carried[Int(sharing.pathPort[hop]) / sharing.layers] += bits
      }
    }
  }

  /// A flow still in progress, and the bits it has yet to send.
  public struct RunningFlow: Sendable {
    public var slot: Int
    public var flowClass: Int
    public var bitsLeft: Double
    public var bottleneck: Int?
  }

  /// Calls `body` for each flow in progress; `flush` must have come first.
  public func forEachRunningFlow(_ body: (RunningFlow) -> Void) {
    for index in 0..<Int32(progress.count) {
      let served = progress[index].virtualTime
      progress[index].heap.forEach { flow in
        body(
          RunningFlow(
            slot: Int(flow.slot), flowClass: Int(index), bitsLeft: max(0, flow.finish - served),
            bottleneck: longestHold(of: index, slot: Int(flow.slot))))
      }
    }
  }

  /// What has held the flows of a class so far, in flow-seconds; `flush` must have come first.
  ///
  /// - Returns: one figure for each link of its path, and the last for its own ceiling.
  public func heldFlowSeconds(ofClass index: Int) -> [Double] {
    let record = sharing.classes[index]
    return (0...Int(record.hops)).map { heldFlowTime[Int(record.pathStart) + $0] * 1e-9 }
  }

  /// The position on its path of the link that holds a class now, or nil for its ceiling.
  public func bottleneck(ofClass index: Int) -> Int? {
    let record = sharing.classes[index]
    let position = Int(progress[index].heldBy - record.pathStart)
    return position < Int(record.hops) ? position : nil
  }
}
