// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import YAMLReader

extension Checker {
  /// Lights the links as they are from the start, and reports those that can't be.
  ///
  /// What light gives them goes into the topology: routes are found by it.
  mutating func lit(_ light: inout LightModel) -> LightNetwork {
    var network = LightNetwork(
      light, siteCount: resolver.topology.nodes.count, seed: scenario.seed.value)
    guard isNetworkSound, problems.isEmpty else { return network }
    var unlit: [UnlitLink] = []
    for (index, link) in light.links.enumerated() {
      let (lit, reason) = network.lightAtStart(link: index)
      if let reason { unlit.append(UnlitLink(link: link, lit: lit, reason: reason)) }
      let capacity = network.nominalCapacity(ofLink: index)
      let delay = network.delay(ofLink: index) ?? .zero
      for direction in [link.forward, link.back] {
        resolver.setLink(direction, capacity: capacity, delay: delay)
      }
    }
    report(unlit, light)
    seedIsUsed = seedIsUsed || !network.canTakeSeed
    return network
  }

  /// The failures and repairs of fibres and transponders, in order of time; what ends in an instant in which
  /// something fails ends behind it, whatever their order in the file.
  mutating func faults(_ light: LightModel) -> [FibreFault] {
    var all: [FibreFault] = []
    for (place, event) in scenario.events.enumerated() { all += faults(event, place, light) }
    return (all + mended()).enumerated()
      .sorted {
        ($0.element.time, $0.element.isEnd ? 1 : 0, $0.offset)
          < ($1.element.time, $1.element.isEnd ? 1 : 0, $1.offset)
      }
      .map(\.element)
  }

  private mutating func faults(
    _ event: EventSection, _ place: Int, _ light: LightModel
  ) -> [FibreFault] {
    checkDuration(event)
    let start = SimTime.zero + event.at
    let end = event.duration.map { start + $0.value }
    func both(_ fault: FibreFault.Kind, _ repair: FibreFault.Kind) -> [FibreFault] {
      [FibreFault(time: start, kind: fault)]
        + (end.map { [FibreFault(time: $0, kind: repair)] } ?? [])
    }
    if let name = event.cut {
      return fibre(name).map { [FibreFault(time: start, kind: .cut($0))] } ?? []
    }
    if let name = event.mend {
      // It ends what was cut.
      _ = fibre(name)
      return []
    }
    if let name = event.amplifier {
      return fibre(name).map { both(.amplifierFails($0), .amplifierRepaired($0)) } ?? []
    }
    guard let name = event.transponder else { return [] }
    guard let link = light.links.firstIndex(where: { $0.name == name.value.text }) else {
      report(
        problems.unknown(
          name.value.text, kind: "link made of light", among: light.links.map(\.name)), at: name)
      return []
    }
    return both(
      .transponderFails(link: link, fault: place), .transponderRepaired(link: link, fault: place))
  }

  /// The end of each cut of a fibre.
  private mutating func mended() -> [FibreFault] {
    var times: [FibreID: FaultTimes] = [:]
    for (place, event) in scenario.events.enumerated() {
      guard let name = event.cut ?? event.mend, let fibre = fibres[name.value.text]
      else { continue }
      let time = SimTime.zero + event.at
      if event.cut != nil {
        times[fibre, default: FaultTimes()].addFault(
          at: time, for: event.duration?.value, place: place)
      } else {
        times[fibre, default: FaultTimes()].addRepair(at: time, place: place)
      }
    }
    warnings.addIdle(times.values.flatMap(\.idleRepairs), of: scenario.events)
    return times.sorted { $0.key.index < $1.key.index }.flatMap { fibre, times in
      times.ends.map { FibreFault(time: $0, kind: .mend(fibre)) }
    }
  }

  private mutating func checkDuration(_ event: EventSection) {
    let lasts = [event.fail, event.cut, event.amplifier, event.transponder, event.failPool]
      .contains { $0 != nil }
    guard event.duration != nil, !lasts else { return }
    report(
      "found for, expected it only with fail, cut, amplifier, transponder or fail_pool",
      at: event.origin,
      key: "for")
  }

  private mutating func fibre(_ name: Written<Name>) -> FibreID? {
    if let fibre = fibres[name.value.text] { return fibre }
    // A fibre that is in error has been reported itself.
    if scenario.network.fibres.contains(where: { $0.name.value == name.value }) { return nil }
    report(unknownFibre(name.value.text), at: name)
    return nil
  }
}

extension FibreFault {
  /// Whether something is in order again.
  fileprivate var isEnd: Bool {
    switch kind {
    case .mend, .amplifierRepaired, .transponderRepaired: true
    case .cut, .amplifierFails, .transponderFails: false
    }
  }
}
