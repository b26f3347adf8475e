// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic
internal import YAMLReader

extension Checker {
  /// An entry of the traffic, ready to run; nil where it can't be, which is reported.
  mutating func source(of entry: TrafficSection) -> TrafficSource? {
    let standard = classIndex(entry.trafficClass)
    if let trace = entry.trace {
      guard !trace.goesToPools else { return nil }
      return source(of: trace, trafficClass: standard)
    }
    if let flows = entry.flows { return .listed(listed(flows, standard: standard)) }
    return entry.generate
      .flatMap { $0.transfers == nil ? generator($0, trafficClass: standard) : nil }
      .map { .generated($0) }
  }

  /// The flows in order of their start; those of one instant keep the order of the file.
  private mutating func listed(_ flows: [FlowSection], standard: Int) -> [ListedFlow] {
    let listed = flows.compactMap { flow in
      let trafficClass = flow.trafficClass.map { classIndex($0) } ?? standard
      return route(of: flow).map { route in
        ListedFlow(
          name: flow.flow.value.text, start: SimTime.zero + flow.start, bytes: flow.size.value,
          route: route, trafficClass: trafficClass,
          deadline: deadline(flow.deadline, behind: flow.start))
      }
    }
    // Mostly they are: to sort would take a row of copies.
    if zip(listed, listed.dropFirst()).allSatisfy({ $0.start <= $1.start }) { return listed }
    return listed.enumerated()
      .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
      .map(\.element)
  }

  private mutating func route(of flow: FlowSection) -> Int? {
    if let path = flow.path { return route(path: path, from: flow.from, to: flow.to) }
    guard let from = flow.from, let to = flow.to else {
      report("a flow needs from and to, or a path", at: flow.origin)
      return nil
    }
    return route(from: from, to: to)
  }
}
