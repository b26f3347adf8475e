// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Simulator
internal import YAMLReader

// How many replicas there are, and how many of them are simulated.

extension Checker {
  /// The replicas of a site that are simulated: at the start, and at most.
  mutating func replicas(
    of site: ServiceSiteSection, _ section: InferenceSection
  ) -> (first: Int, most: Int) {
    let first = (site.replicas ?? section.replicas)?.value ?? section.scale?.first ?? 1
    let most = section.scale?.most.value.value ?? first
    let standsFor = section.standsFor?.value.value ?? 1
    if let scale = section.scale, !(scale.first...max(scale.first, most)).contains(first) {
      report(
        "found \(first) replicas, expected from the least, \(scale.first), to the most, \(most)",
        at: site.origin)
    }
    for count in [first, most, section.scale?.first ?? first]
    where !count.isMultiple(of: standsFor) {
      report(
        "found \(standsFor), expected a number that divides the \(count) replicas",
        at: section.origin, key: "stands_for")
      break
    }
    return (max(1, first / standsFor), max(1, most / standsFor))
  }

  mutating func scaling(_ section: ScaleSection, of service: InferenceSection) -> ReplicaScaling {
    if section.first > section.most.value.value {
      report("found a least above the most, expected least <= most", at: section.origin)
    }
    let standsFor = service.standsFor?.value.value ?? 1
    return ReplicaScaling(
      least: max(1, section.first / standsFor), every: section.every.value,
      requests: section.requests.value,
      dear: section.dear.map { ($0.above.yuanPerKWh, $0.requests.value) },
      startsIn: section.startsIn)
  }
}

extension ScaleSection {
  /// Those that are always there.
  fileprivate var first: Int { least?.value.value ?? 1 }
}
