// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import YAMLReader

// What a scenario asks for and its run ends before: warnings, since the run is sound without it.

extension Checker {
  mutating func warnOfWhatComesTooLate() {
    guard let end = scenario.duration?.value else { return }
    for event in scenario.events { warn(of: event, end) }
    for entry in scenario.traffic { warn(of: entry, end) }
    for source in scenario.light?.requests ?? [] {
      if let generate = source.generate { warn(start: generate.start, of: generate.origin, end) }
      let late = (source.list ?? []).filter { $0.start > end }
      warn(ofListed: late.map { ($0.start, $0.origin) }, of: source.list?.count ?? 0, end)
    }
    if let every = scenario.sampleEvery?.value, every > end {
      warnings.add(
        "found \(every.written), expected at most the duration of \(end.written): nothing is "
          + "sampled before the end", at: scenario.origin.place, path: .root.key("sample_every"))
    }
  }

  private mutating func warn(of event: EventSection, _ end: SimDuration) {
    let place = event.origin.place
    if event.at > end {
      warnings.add(
        "found \(event.at.written), which is after the end of the run at \(end.written): it never "
          + "happens", at: place, path: event.origin.path.key("at"))
    } else if let lasts = event.duration?.value, event.at + lasts > end {
      warnings.add(
        "found \(lasts.written) from \(event.at.written) on, which is over after the end of the "
          + "run at \(end.written): it is not repaired in it", at: place,
        path: event.origin.path.key("for"))
    }
  }

  private mutating func warn(of entry: TrafficSection, _ end: SimDuration) {
    let starts: [(SimDuration, Origin)?] = [
      entry.generate.map { ($0.start, $0.origin) }, entry.demand.map { ($0.start, $0.origin) },
      entry.tokens.map { ($0.start, $0.origin) }, entry.elastic.map { ($0.start, $0.origin) },
      entry.inference.flatMap { service in
        service.requests.start.map { ($0, service.requests.origin) }
      },
      entry.training.map { ($0.start, $0.origin) }, entry.jobs.map { ($0.start, $0.origin) },
      entry.trace.flatMap { trace in trace.start.map { ($0, trace.origin) } },
    ]
    for case let (start, origin)? in starts { warn(start: start, of: origin, end) }
    let flows = (entry.flows ?? []).filter { $0.start > end }
    warn(ofListed: flows.map { ($0.start, $0.origin) }, of: entry.flows?.count ?? 0, end)
    let transfers = (entry.transfers ?? []).filter { $0.start > end }
    warn(ofListed: transfers.map { ($0.start, $0.origin) }, of: entry.transfers?.count ?? 0, end)
    let jobs = entry.jobs?.list ?? []
    warn(
      ofListed: jobs.filter { $0.submit > end }.map { ($0.submit, $0.origin) }, of: jobs.count,
      key: "submit", end)
  }

  private mutating func warn(start: SimDuration, of origin: Origin, _ end: SimDuration) {
    guard start > end else { return }
    warnings.add(
      "found \(start.written), which is after the end of the run at \(end.written): nothing of it "
        + "comes", at: origin.place, path: origin.path.key("start"))
  }

  /// One warning for a whole list, at the first that is too late.
  private mutating func warn(
    ofListed late: [(start: SimDuration, origin: Origin)], of count: Int, key: String = "start",
    _ end: SimDuration
  ) {
    guard let first = late.first else { return }
    let others = late.count > 1 ? ", as do \(late.count - 1) others of \(count)" : ""
    warnings.add(
      "found \(first.start.written), which is after the end of the run at \(end.written): it never "
        + "comes\(others)", at: first.origin.place, path: first.origin.path.key(key))
  }
}

extension SimDuration {
  /// The time as a scenario writes it.
  var written: String { node.scalar?.text ?? "" }
}
