// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import Traffic
internal import YAMLReader

// Who could take from elastic flows what they are promised: flows with a floor of their own that
// nobody books, and flows that are served first.

extension Checker {
  /// Reports other traffic that could break the floors or the order of an elastic entry.
  mutating func checkRivals(of entry: TrafficSection, _ section: ElasticSection) {
    let isBooked = section.admission.promisesFloors
    let isOrdered = section.scheduling.rule?.policy.value.ordersFlows ?? true
    guard isBooked || isOrdered, let own = priority(of: entry.trafficClass) else { return }
    let reason = isBooked ? "admission promises floors" : "scheduling orders flows"
    for name in classesOfPlainTraffic {
      guard let rival = scenario.classes.first(where: { $0.name.value == name }) else { continue }
      let text = "found class \(Node.quoted(name.text)), which other traffic has and which "
      if rival.priority > own {
        report(
          text + "is served first, while \(reason); expected a priority of at most that of the "
            + "entry's class", at: entry.origin, key: "class")
      } else if rival.priority == own, rival.floor > .zero {
        report(
          text + "has a floor that nobody books, while \(reason); expected it to have a lower "
            + "priority than the entry's class", at: entry.origin, key: "class")
      }
    }
    for other in scenario.traffic {
      guard let rival = other.elastic, rival.name.value != section.name.value,
        let priority = priority(of: other.trafficClass)
      else { continue }
      let hasFloors = rival.tiers.value.contains { $0.floor > .zero }
      let isUnbooked = !rival.admission.promisesFloors && hasFloors && isBooked
      guard priority > own || (priority == own && isUnbooked) else { continue }
      report(
        "found the elastic entry \(Node.quoted(rival.name.value.text)), which "
          + (priority > own ? "is served first" : "has floors that nobody books")
          + ", while \(reason); expected the same priority, and admission for both",
        at: entry.origin, key: "class")
    }
  }

  private func priority(of name: Written<Name>) -> Int? {
    classes[name.value.text].map { scenario.classes[$0].priority }
  }

  /// The classes of all flows that are not elastic, and of demands beside them; each once.
  private var classesOfPlainTraffic: [Name] {
    var names: [Name] = []
    for entry in scenario.traffic where entry.elastic == nil {
      // A row of a trace may name any class.
      if entry.trace != nil { names += scenario.classes.map(\.name.value) }
      names += (entry.flows ?? []).compactMap { $0.trafficClass?.value }
      if entry.demand?.takes != .ahead { names.append(entry.trafficClass.value) }
    }
    var seen: Set<Name> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension Decider<AdmissionSection> {
  fileprivate var promisesFloors: Bool { rule?.order.steps.isEmpty != true }
}

extension SchedulingPolicy.Name {
  fileprivate var ordersFlows: Bool {
    switch self {
    case .smallestFirst, .earliestDeadline: true
    case .fair, .weighted, .offPeak: false
    }
  }
}
