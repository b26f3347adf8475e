// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator

extension Checker {
  /// The changes in order of time; those of one instant keep the order of the file, and what ends then
  /// comes last.
  mutating func changes() -> [LinkChange] {
    let changes = scenario.events.compactMap { change($0) }
    return (changes + repairs()).enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  /// The end of each failure of a link.
  private mutating func repairs() -> [LinkChange] {
    var links: [[LinkID]] = []
    var times: [FaultTimes] = []
    for (place, event) in scenario.events.enumerated() {
      let time = SimTime.zero + event.at
      // What fails and is not known has been reported.
      guard let name = event.fail ?? event.repair,
        event.fail == nil || resolver.link(named: name.value.text) != nil,
        let change = change(.repair, of: name, at: time)
      else { continue }
      let both = change.links.sorted { $0.index < $1.index }
      let number = links.firstIndex(of: both) ?? links.count
      if number == links.count {
        links.append(both)
        times.append(FaultTimes())
      }
      if event.fail != nil {
        times[number].addFault(at: time, for: event.duration?.value, place: place)
      } else {
        times[number].addRepair(at: time, place: place)
      }
    }
    return zip(links, times).flatMap { links, times in
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
