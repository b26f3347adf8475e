// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Statistics
internal import Traces
internal import Traffic
internal import YAMLReader

// Where the requests of a service come from: a file, or a generator, perhaps by a preset.

extension Checker {
  mutating func source(
    of section: InferenceSection, places origins: (nodes: [NodeID], weights: [Double])?,
    standsFor: Int
  ) -> InferenceSource? {
    let requests = section.requests
    let places = origins?.weights ?? []
    if requests.total != nil { return tokens(of: section, places, standsFor) }
    if let file = requests.file {
      checkIsSingle(section, "a file")
      return .trace(trace(file, requests, places))
    }
    let preset = preset(of: requests)
    if requests.preset != nil, preset == nil { return nil }
    checkEnd(
      requests.stop, after: requests.start ?? .zero, hasCount: requests.count != nil,
      at: requests.origin)
    let process = process(of: requests, preset)
    let input = tokens(requests.inputTokens, preset?[.input], requests, key: "input_tokens")
    let output = tokens(requests.outputTokens, preset?[.output], requests, key: "output_tokens")
    let curve = curve(
      requests.daily, requests.weekly, standard: preset?.daily ?? [], at: requests.origin)
    guard let process, let input, let output else { return nil }
    guard let process = thinned(process, section, standsFor) else { return nil }
    return .generated(
      InferenceGenerator(
        name: section.name.value.text, arrivals: process, input: input, output: output,
        places: places, start: .zero + (requests.start ?? .zero),
        stop: requests.stop.map { .zero + $0.value } ?? .distantFuture,
        count: requests.count.map { max(1, $0.value / standsFor) }, curve: curve))
  }

  private mutating func trace(
    _ file: Written<String>, _ section: InferenceRequestsSection, _ places: [Double]
  ) -> InferenceTrace {
    let reshaping = TraceReshaping(
      startsAtZero: section.start != nil, timeFactor: section.timeFactor?.value ?? 1)
    return InferenceTrace(
      file: readableFile(file),
      options: TraceOptions(
        mapping: TraceMapping(columns: section.columns?.names ?? [:], timeUnit: section.timeUnit),
        tolerance: section.isLenient == true ? .lenient : .strict, reshaping: reshaping,
        start: section.start ?? .zero),
      places: places)
  }

  /// The preset of requests; nil where there is none, or it is unknown or of jobs, as is reported.
  private mutating func preset(of section: InferenceRequestsSection) -> WorkloadPreset? {
    guard let written = section.preset else {
      if section.arrivals == nil {
        report(
          "found none of file, preset, arrivals, total, expected one", at: section.origin)
      }
      return nil
    }
    let known = WorkloadPreset.builtIn().filter { !$0.isOfJobs && $0[.output] != nil }
    guard let preset = known.first(where: { $0.name == written.value }) else {
      report(
        problems.unknown(written.value, kind: "preset of requests", among: known.map(\.name)),
        at: written)
      return nil
    }
    return preset
  }

  private mutating func process(
    of section: InferenceRequestsSection, _ preset: WorkloadPreset?
  ) -> ArrivalProcess? {
    if section.arrivals == nil, let preset, preset.arrivals == nil {
      report(
        "the key is missing, and preset \(preset.name) does not tell it: When requests come.",
        at: section.origin, key: "arrivals")
    }
    return arrivals(
      section.arrivals, or: preset, slowedBy: section.timeFactor?.value, of: "requests")
  }

  /// How many tokens requests bring, or are answered with.
  private mutating func tokens(
    _ given: DrawnSection<Double>?, _ figure: WorkloadPreset.Figure?,
    _ section: InferenceRequestsSection, key: String
  ) -> Distribution? {
    if let given { return drawn(given, "tokens") }
    if figure == nil, section.preset == nil, section.arrivals != nil {
      report(
        "the key is missing, which requests that are drawn at random need", at: section.origin,
        key: key)
    }
    return figure?.distribution
  }

  // MARK: - Many as few

  private mutating func checkIsSingle(_ section: InferenceSection, _ found: String) {
    guard let standsFor = section.standsFor, standsFor.value.value > 1 else { return }
    report(
      "found stands_for with requests of \(found), expected poisson arrivals or a total: of others "
        + "nobody knows how a part of them follows each other", at: standsFor)
  }

  /// The arrivals of one of so many.
  ///
  /// Where replicas get requests by chance, those of a few are again a Poisson process. Any other
  /// routing evens out between all that there are, and the few get every so manieth: then what they
  /// have to do varies as much as that of all, in relation to its mean.
  private mutating func thinned(
    _ process: ArrivalProcess, _ section: InferenceSection, _ standsFor: Int
  ) -> ArrivalProcess? {
    guard standsFor > 1 else { return process }
    guard case .poisson(let rate) = process else {
      checkIsSingle(section, "other arrivals")
      return nil
    }
    let many = Double(standsFor)
    if section.routing == .random { return .poisson(perSecond: rate / many) }
    return .bursty(perSecond: rate / many, variation: 1 / many.squareRoot())
  }

  /// Requests that are drawn out of token traffic.
  private mutating func tokens(
    of section: InferenceSection, _ places: [Double], _ standsFor: Int
  ) -> InferenceSource? {
    let requests = section.requests
    checkEnd(requests.stop, after: requests.start ?? .zero, at: requests.origin)
    var asked = TokensSection()
    (asked.services, asked.origin) = (requests.services, requests.origin)
    let services = services(of: asked)
    guard let total = requests.total, !services.isEmpty else { return nil }
    let weights = places.isEmpty ? [1] : places
    let end = scenario.duration.map { SimTime.zero + $0.value } ?? .distantFuture
    return .tokens(
      TokenTraffic(
        name: "inference/" + section.name.value.text, tokensPerSecond: total.value.perSecond,
        services: services,
        sources: weights.map { TokenSource(node: "", weight: $0, routes: []) }, sites: [],
        start: .zero + (requests.start ?? .zero),
        stop: min(end, requests.stop.map { .zero + $0.value } ?? .distantFuture),
        sample: 1 / Double(standsFor)),
      isEven: section.routing != .random)
  }
}
