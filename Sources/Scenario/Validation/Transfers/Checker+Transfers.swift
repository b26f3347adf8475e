// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// All transfers of the scenario, in place and generated, and how they book bandwidth.
  mutating func transferModel() -> TransferModel {
    checkUnique(scenario.traffic.flatMap { $0.transfers ?? [] }.map(\.name), kind: "transfer")
    var sources: [TransferSource] = []
    for entry in scenario.traffic {
      // An unknown class of the entry is reported by its source of flows.
      let standard = classes[entry.trafficClass.value.text] ?? 0
      if let listed = entry.transfers {
        sources.append(.listed(transfers(listed, standard: standard)))
      } else if let section = entry.generate, let terms = section.transfers {
        if let generator = generator(section, trafficClass: standard) {
          sources.append(
            .generated(
              TransferGenerator(
                generator, terms: self.terms(terms, hasDeadline: section.deadline != nil),
                ahead: terms.ahead)))
        }
      }
    }
    let section = scenario.reservations ?? ReservationsSection()
    var found = TransferModel(
      sources: sources, share: section.share.value.share, paths: section.paths.value)
    found.servesJobs = scenario.traffic.contains(where: \.booksJobs)
    check(section, of: found)
    return found
  }

  private mutating func check(_ section: ReservationsSection, of found: TransferModel) {
    guard scenario.reservations != nil else { return }
    if !found.reserves, problems.isEmpty {
      report(
        "found reservations without anything to reserve, expected a transfer with reserve: true, or "
          + "jobs with reserve",
        at: section.origin)
    }
    if section.paths.value > 100 {
      report("found \(section.paths.value), expected 1 to 100", at: section.origin, key: "paths")
    }
  }

  /// The transfers in the order in which they ask; those of one instant keep that of the file.
  private mutating func transfers(
    _ sections: [TransferSection], standard: Int
  ) -> [Transfer] {
    let all = sections.compactMap { transfer($0, standard: standard) }
    return all.enumerated()
      .sorted { ($0.element.asked, $0.offset) < ($1.element.asked, $1.offset) }
      .map(\.element)
  }

  private mutating func transfer(_ section: TransferSection, standard: Int) -> Transfer? {
    let trafficClass = section.trafficClass.map { classIndex($0) } ?? standard
    let deadline = deadline(section.deadline, behind: section.start)
    if let asked = section.asked, asked.value > section.start {
      report("found a time after start, expected one no later than it", at: asked)
    }
    let terms = terms(
      TransferTermsSection(
        origin: section.origin, reserves: section.reserves, rate: section.rate,
        window: section.window, ifRefused: section.ifRefused),
      hasDeadline: deadline != nil, isPinned: section.path != nil)
    guard let route = route(of: section) else { return nil }
    return Transfer(
      name: section.name.value.text, trafficClass: trafficClass, route: route,
      bytes: section.size.value, asked: .zero + (section.asked?.value ?? .zero),
      start: .zero + section.start, deadline: deadline, terms: terms)
  }

  private mutating func route(of section: TransferSection) -> Int? {
    if let path = section.path { return route(path: path, from: section.from, to: section.to) }
    guard let from = section.from, let to = section.to else {
      report("a transfer needs from and to, or a path", at: section.origin)
      return nil
    }
    return route(from: from, to: to)
  }

  private mutating func terms(
    _ section: TransferTermsSection, hasDeadline: Bool, isPinned: Bool = false
  ) -> TransferTerms {
    if !section.reserves {
      let text = "found this without a reservation, expected reserve: true"
      if let window = section.window { report(text, at: window) }
      if let response = section.ifRefused { report(text, at: response) }
    }
    if let window = section.window {
      if window.value == .leastRate, !hasDeadline {
        report("found least-rate without a deadline, expected earliest or full-rate", at: window)
      }
      if window.value == .fullRate, section.rate == nil {
        report("found full-rate without a rate, expected the rate that is full", at: window)
      }
    }
    if let rate = section.rate, rate.value.value.value < 1 {
      report("found less than a bit a second, expected 1 bps or more", at: rate)
    }
    return TransferTerms(
      reserves: section.reserves, mostRate: section.rate?.value.value ?? .unlimited,
      window: section.window?.value ?? (hasDeadline ? .leastRate : .earliest),
      ifRefused: section.ifRefused?.value ?? .send, isPinned: isPinned)
  }
}
