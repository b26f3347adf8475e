// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

/// What held a class: a link, its own ceiling, or what its transport makes of the path.
private struct BottleneckKey: Hashable, Comparable {
  var trafficClass: Int
  var limit: BottlenecksTable.Limit
  /// -1 where it is no link.
  var link = -1
  var cause: LossCause?

  /// What tells most apart: all of it would be a good part of the time of a table.
  func hash(into hasher: inout Hasher) { hasher.combine(trafficClass << 32 ^ link) }

  static func < (left: BottleneckKey, right: BottleneckKey) -> Bool {
    left.order < right.order
  }

  private var order: (Int, Int, String, Int) {
    (trafficClass, link, limit.rawValue, cause?.position ?? -1)
  }
}

extension World {
  /// For how long each thing held each class back, the longest first; `flush` must have come first.
  func bottleneckRows() -> [BottlenecksTable.Row] {
    var held: [BottleneckKey: Double] = [:]
    for index in flowClasses.entries.indices where flowClasses.entries[index].isCounted {
      if loss.isOn { loss.noteLimit(of: FlowClassID(index), in: fluid) }
      add(FlowClassID(index), to: &held)
    }
    // From here on in a fixed order, which a dictionary does not have.
    let rows = held.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let total = rows.reduce(0) { $0 + $1.value }
    return rows.map { key, value in
      BottlenecksTable.Row(
        trafficClass: model.classes[key.trafficClass].name, limit: key.limit,
        link: key.link < 0 ? nil : model.topology.links[key.link].name, cause: key.cause,
        flowSeconds: value, share: value / total)
    }
  }

  private func add(_ index: FlowClassID, to held: inout [BottleneckKey: Double]) {
    let trafficClass = flowClasses[index].trafficClass
    let path = flowClasses.routes[index.index].links
    let hops = fluid.hops(ofClass: index.index)
    func add(_ time: Double, _ limit: BottlenecksTable.Limit, _ link: Int, _ cause: LossCause?) {
      guard time > 0 else { return }
      let key = BottleneckKey(
        trafficClass: trafficClass, limit: limit, link: link, cause: cause)
      held[key, default: 0] += time
    }
    for position in 0..<hops {
      let time = fluid.heldSeconds(ofClass: index.index, at: position)
      let link = Int(path[position % path.count].index)
      add(time.full, position < path.count ? .link : .buffer, link, nil)
      add(time.down, .failure, link, nil)
    }
    guard loss.isOn, index.index < loss.flowClasses.count,
      loss.flowClasses[index.index].renewal >= 0
    else {
      let isOrdered = model.elastic.orderedClasses.contains(trafficClass)
      let time = fluid.heldSeconds(ofClass: index.index, at: hops)
      return add(time.full, isOrdered ? .schedule : .ceiling, -1, nil)
    }
    for (limit, time) in loss.flowClasses[index.index].held {
      switch limit {
      case .ceiling: add(time, .ceiling, -1, nil)
      case .window: add(time, .window, -1, nil)
      case .loss(let link, let cause): add(time, .loss, Int(link.index), cause)
      }
    }
  }
}
