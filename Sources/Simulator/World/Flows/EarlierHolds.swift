// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

// What held a flow for longest, on all the flow classes that it was on.
//
// The fluid system knows it of the class that a flow is on, by places on its path. Whoever moves a flow
// writes down what held it before, by links.

/// What held a flow back: a link, or its own ceiling.
struct Holder: Hashable, Comparable, BitwiseCopyable {
  private let index: Int32

  static let ceiling = Holder(index: -1)

  private init(index: Int32) { self.index = index }

  init(_ link: LinkID) { index = Int32(link.index) }

  /// Nil for a ceiling.
  var link: LinkID? { index < 0 ? nil : LinkID(index: Int(index)) }

  static func < (one: Holder, other: Holder) -> Bool { one.index < other.index }
}

extension World {
  /// Writes down what held a flow on a flow class that it leaves.
  func noteHolds(of record: FlowRecord, _ held: [Double], on flowClass: FlowClassID) {
    guard tables.flows != nil else { return }
    fluid.tellsHolds = true
    let before = flows.heldBefore[record.name] ?? [:]
    flows.heldBefore[record.name] = sum(of: held, on: flowClass, and: before)
  }

  /// What held a flow for longest, where the fluid system tells the place of that on its last path, and
  /// all times there.
  ///
  /// Of equal times the first link counts.
  func holder(
    of record: FlowRecord, _ position: Int?, _ held: [Double], on flowClass: FlowClassID
  ) -> Holder {
    guard !flows.heldBefore.isEmpty,
      let before = flows.heldBefore.removeValue(forKey: record.name)
    else { return holder(at: position, on: flowClass) }
    let times = sum(of: held, on: flowClass, and: before)
    return times.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? .ceiling
  }

  /// The same of a flow that has just been taken from the fluid system.
  func holder(of record: FlowRecord, _ flow: FinishedFlow) -> Holder {
    holder(of: record, flow.bottleneck, fluid.lastHeld, on: FlowClassID(flow.flowClass))
  }

  private func sum(
    of held: [Double], on flowClass: FlowClassID, and before: [Holder: Double]
  ) -> [Holder: Double] {
    var times = before
    for (place, time) in held.enumerated() where time > 0 {
      times[holder(at: place < held.count - 1 ? place : nil, on: flowClass), default: 0] += time
    }
    return times
  }

  /// What stands at a place of a path, or the ceiling.
  ///
  /// Behind the links of a lossless flow class stand their buffers.
  private func holder(at position: Int?, on flowClass: FlowClassID) -> Holder {
    guard let position else { return .ceiling }
    let path = flowClasses.route(of: flowClass).links
    return Holder(path[position % path.count])
  }

  func name(of holder: Holder) -> String {
    holder.link.map { model.topology[$0].name } ?? "ceiling"
  }

  /// The name of what stands at a place of a path, or of the ceiling.
  func name(ofBottleneck position: Int?, on flowClass: FlowClassID) -> String {
    name(of: holder(at: position, on: flowClass))
  }
}
