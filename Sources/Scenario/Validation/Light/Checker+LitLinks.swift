// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import YAMLReader

extension Checker {
  /// The links made of light; their two directions stand in the topology already.
  mutating func litLinks(_ section: LightSection) -> [LitLink] {
    let links = section.links.compactMap { litLink($0) }
    if section.direction == .oneWay, let first = section.links.first {
      report(
        "found a link with direction: one-way, expected two-way: a link is one both ways",
        at: first.origin)
    }
    checkOnDemand(section.links)
    return links
  }

  private mutating func litLink(_ section: LitLinkSection) -> LitLink? {
    guard isNetworkSound, let forward = resolver.link(named: section.name.value.text),
      let ends = resolver.topology[forward].ends, let back = resolver.topology[forward].reverse
    else { return nil }
    check(section)
    let ring = ring(of: section)
    return LitLink(
      name: section.name.value.text, forward: forward, back: back, ends: ends,
      channels: section.channels, rate: section.rate?.value ?? .zero,
      routes: section.route.flatMap { route(of: $0, ends) }.map { [$0] },
      protection: section.protection.protection, ring: ring,
      automatic: section.automatic.map { automatic($0, section) },
      isOnDemand: section.onDemand)
  }

  private mutating func check(_ section: LitLinkSection) {
    if section.channels < 0 || section.channels > 100_000 {
      report(
        "found \(section.channels), expected a number of channels from 0 to 100000",
        at: section.origin, key: "channels")
    }
    if section.rate == nil, case .flexible = scenario.light?.grid.value,
      scenario.light?.reach?.contains(where: { $0.efficiency != nil }) == true
    {
      report(
        "found no rate, expected one: on the flexible grid it decides how many slots are needed",
        at: section.origin)
    }
    if section.ring != nil, section.protection != .ring {
      report(
        "found a ring without protection: ring, expected both", at: section.origin, key: "ring")
    }
  }

  /// The ring that a link names, or the first that both of its ends are on.
  private mutating func ring(of section: LitLinkSection) -> Int? {
    guard section.protection == .ring else { return nil }
    if let name = section.ring {
      if let ring = rings[name.value.text] { return ring }
      report(
        problems.unknown(name.value.text, kind: "ring", among: plant.rings.map(\.name)), at: name)
      return nil
    }
    guard let link = resolver.link(named: section.name.value.text),
      let ends = resolver.topology[link].ends
    else { return nil }
    let found = plant.rings.indices.first { ring in
      plant.arcs(ofRing: ring, from: ends.source, to: ends.target) != nil
    }
    if found == nil {
      report(
        "found no ring that both nodes are on, expected one under network.rings",
        at: section.origin, key: "protection")
    }
    return found
  }

  private mutating func automatic(
    _ section: AutomaticSection, _ link: LitLinkSection
  ) -> AutomaticRule {
    if section.below.percent >= section.above.value.percent {
      report(
        "found below \(section.below.percent) % and above \(section.above.value.percent) %, "
          + "expected below < above", at: section.origin)
    }
    let least = section.least ?? link.channels
    if least < 0 || least > section.most.value {
      report(
        "found least \(least) and most \(section.most.value), expected 0 <= least <= most",
        at: section.origin)
    }
    return AutomaticRule(
      above: section.above.value.share, below: section.below.share, most: section.most.value,
      least: least, every: section.every.value)
  }

  private mutating func checkOnDemand(_ links: [LitLinkSection]) {
    var seen: Set<Set<String>> = []
    for link in links where link.onDemand {
      let pair = Set(link.between.value.map(\.value.text))
      guard !seen.insert(pair).inserted else { continue }
      report(
        "found a second link on demand between the same nodes, expected one", at: link.origin,
        key: "on_demand")
    }
  }

  // MARK: - Routes over fibres

  /// The path that names of fibres or of nodes spell out between two ends.
  mutating func route(
    of names: Written<[Written<Name>]>, _ ends: Link.Ends
  ) -> FibrePath? {
    guard let path = fibrePath(names) else { return nil }
    let first = path.sites.first
    let last = path.sites.last
    if first == ends.source, last == ends.target { return path }
    if first == ends.target, last == ends.source { return path.reversed }
    report("found a route between other nodes, expected one between those of the link", at: names)
    return nil
  }

  /// The path that names of fibres or of nodes spell out.
  mutating func fibrePath(_ names: Written<[Written<Name>]>) -> FibrePath? {
    do throws(FibrePathError) {
      return try FibrePath(names: names.value.map(\.value.text), in: fibreNames)
    } catch {
      report(error.description, at: names)
      return nil
    }
  }
}
