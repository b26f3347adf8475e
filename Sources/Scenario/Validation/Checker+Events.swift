// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator

extension Checker {
  /// The changes in order of time; those of one instant keep the order of the file.
  mutating func changes() -> [LinkChange] {
    let changes =
      scenario.events.compactMap { change($0) } + scenario.events.compactMap { repair($0) }
    return changes.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  /// The repair of a link that fails for a time.
  private mutating func repair(_ event: EventSection) -> LinkChange? {
    guard let link = event.fail, let time = event.duration?.value,
      resolver.link(named: link.value.text) != nil
    else { return nil }
    return change(.repair, of: link, at: SimTime.zero + event.at + time)
  }

  private mutating func change(_ event: EventSection) -> LinkChange? {
    let time = SimTime.zero + event.at
    if let capacity = event.capacity, let link = event.link {
      return change(.capacity(capacity.value), of: link, at: time)
    }
    if let link = event.fail { return change(.fail, of: link, at: time) }
    guard event.repair != nil else { return nil }
    return event.repair.flatMap { change(.repair, of: $0, at: time) }
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
