// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Statistics
internal import Traces
internal import Traffic
internal import YAMLReader

// Where the requests of a service come from: a file, or a generator, perhaps by a preset.

extension Checker {
  mutating func source(of section: InferenceSection, places: [Double]) -> InferenceSource? {
    let requests = section.requests
    if let file = requests.file { return .trace(trace(file, requests, places)) }
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
    return .generated(
      InferenceGenerator(
        name: section.name.value.text, arrivals: process, input: input, output: output,
        places: places, start: .zero + (requests.start ?? .zero),
        stop: requests.stop.map { .zero + $0.value } ?? .distantFuture,
        count: requests.count?.value, curve: curve))
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
          "found none of file, preset, arrivals, expected one", at: section.origin)
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
    if let arrivals = section.arrivals {
      if arrivals.hasLoad {
        report("found a load, which requests have none of, expected a rate", at: arrivals.origin)
      }
      return self.arrivals(arrivals, meanSize: Bytes(1))
    }
    guard let preset else { return nil }
    if preset.arrivals == nil {
      report(
        "the key is missing, and preset \(preset.name) does not tell it: When requests come.",
        at: section.origin, key: "arrivals")
    }
    return preset.arrivals?.slowed(by: section.timeFactor?.value ?? 1)
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
}
