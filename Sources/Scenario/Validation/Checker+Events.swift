// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import YAMLReader

extension Checker {
  /// The changes in order of time, behind the links that are down from the start; those of one instant keep
  /// the order of the file, and what ends then comes last.
  mutating func changes(after failed: [LinkChange]) -> [LinkChange] {
    let changes = scenario.events.compactMap { change($0) }
    return failed
      + (changes + repairs(of: failed)).enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  /// The end of each failure of a link.
  private mutating func repairs(of failed: [LinkChange]) -> [LinkChange] {
    var ofLinks: [[LinkID]: FaultTimes] = [:]
    for change in failed {
      ofLinks[change.links.inOrder, default: FaultTimes()].addFault(
        at: change.time, for: nil, place: -1)
    }
    for (place, event) in scenario.events.enumerated() {
      // What fails and is not known has been reported.
      guard let name = event.fail ?? event.repair,
        event.fail == nil || resolver.link(named: name.value.text) != nil,
        let change = change(.repair, of: name, at: SimTime.zero + event.at)
      else { continue }
      var times = ofLinks[change.links.inOrder] ?? FaultTimes()
      if event.fail != nil {
        times.addFault(at: change.time, for: event.duration?.value, place: place)
      } else {
        times.addRepair(at: change.time, place: place)
      }
      ofLinks[change.links.inOrder] = times
    }
    warnings.addIdle(ofLinks.values.flatMap(\.idleRepairs), of: scenario.events)
    return ofLinks.sorted { $0.key[0].index < $1.key[0].index }.flatMap { links, times in
      times.ends.map { LinkChange(time: $0, links: links, kind: .repair) }
    }
  }

  private mutating func change(_ event: EventSection) -> LinkChange? {
    let time = SimTime.zero + event.at
    if let capacity = event.capacity, let link = event.link {
      refuseLight(link)
      return change(.capacity(capacity.value), of: link, at: time)
    }
    return event.fail.flatMap { change(.fail, of: $0, at: time) }
  }

  /// The capacity of a link made of light is that of its lightpaths, which change it again at any time.
  private mutating func refuseLight(_ link: Written<Name>) {
    let lit = (scenario.light?.links ?? []).contains { $0.name.value == link.value }
    guard lit else { return }
    report(
      "found \(link.value.text), which is made of light and has the capacity of its lightpaths, "
        + "expected a link with a capacity of its own", at: link)
  }

  mutating func change(
    _ kind: LinkChange.Kind, of name: Written<Name>, at time: SimTime
  ) -> LinkChange? {
    guard let link = resolver.link(named: name.value.text) else {
      report(unknownLink(name.value.text), at: name)
      return nil
    }
    let both = [link] + [resolver.topology[link].reverse].compactMap(\.self)
    return LinkChange(time: time, links: both, kind: kind)
  }
}

extension Problems {
  /// Tells of repairs, by their places among the events, that find nothing to repair.
  mutating func addIdle(_ repairs: [Int], of events: [EventSection]) {
    for place in repairs.sorted() {
      let event = events[place]
      guard let name = event.repair ?? event.mend else { continue }
      let state = event.repair == nil ? "is not cut" : "has not failed"
      add(
        "found \(name.value.text), which \(state) at \(event.at.written): nothing happens",
        at: name.place, path: name.path)
    }
  }
}

extension [LinkID] {
  /// Both directions of a link in one order, whichever of them was named.
  fileprivate var inOrder: [LinkID] { sorted { $0.index < $1.index } }
}
