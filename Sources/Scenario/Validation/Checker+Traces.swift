// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
private import Glibc
internal import NetworkModel
internal import Traces
internal import Traffic
internal import YAMLReader

extension Checker {
  /// A trace, ready to be read; nil where it can't be, which is reported.
  mutating func source(of trace: TraceSection, trafficClass: Int) -> TrafficSource? {
    let file = readableFile(trace.file)
    checkKeys(of: trace)
    let options = options(of: trace)
    guard trace.format != .flows else {
      return .trace(
        TraceSource(
          file: file, trafficClass: trafficClass, name: trace.name?.value.text, options: options))
    }
    let format: RoundTripTrace.Format = trace.format.jobFormat.map { .jobs($0) } ?? .requests
    let places = places(of: trace)
    guard let name = trace.name, let bytes = bytes(of: trace), let places else { return nil }
    return .roundTrips(
      RoundTripTrace(
        name: name.value.text, file: file, format: format, options: options,
        trafficClass: trafficClass, bytes: bytes, places: places))
  }

  /// The path by which a file of the scenario is opened.
  func path(of file: String) -> String {
    file.hasPrefix("/") || directory == "." ? file : "\(directory)/\(file)"
  }

  mutating func readableFile(_ trace: Written<String>) -> String {
    let file = path(of: trace.value)
    var status = stat()
    if access(file, R_OK) != 0 || stat(file, &status) != 0 {
      let reason = String(cString: strerror(errno))
      report("the trace \(Node.quoted(file)) can't be read: \(reason)", at: trace)
    } else if status.st_mode & S_IFMT == S_IFDIR {
      report("the trace \(Node.quoted(file)) is a directory, expected a CSV file", at: trace)
    }
    inputs.append((file, nil))
    return file
  }

  func options(of trace: TraceSection) -> TraceOptions {
    let start = trace.start ?? .zero
    var reshaping = TraceReshaping(
      startsAtZero: trace.start != nil || trace.format != .flows && !trace.goesToPools,
      timeFactor: trace.timeFactor.value, sizeFactor: trace.sizeFactor.value,
      period: trace.period?.value)
    if let times = trace.repetitions { reshaping.repetition = .times(times.value) }
    if let until = trace.repeatUntil {
      reshaping.repetition = .until(.zero + (until.value.value - start))
    }
    return TraceOptions(
      mapping: TraceMapping(columns: trace.columns?.names ?? [:], timeUnit: trace.timeUnit),
      tolerance: trace.isLenient ? .lenient : .strict, reshaping: reshaping, start: start,
      flops: trace.flops?.value, sorts: trace.sorts)
  }

  /// The bytes of a request or job; nil where the key that tells them is missing, as is reported.
  private mutating func bytes(of trace: TraceSection) -> RoundTripBytes? {
    let given: [(String, RoundTripBytes.Basis, MovedSection?)] = [
      ("bytes_per_token", .token, trace.bytesPerToken),
      ("bytes_per_job", .job, trace.bytesPerJob),
      ("bytes_per_processor", .processor, trace.bytesPerProcessor),
    ]
    let fitting = given.filter { trace.format == .requests ? $0.1 == .token : $0.1 != .token }
    let others = given.filter { key, _, section in
      section != nil && !fitting.contains { $0.0 == key }
    }
    for (key, _, section) in others {
      report(
        "found \(key) with format: \(trace.format.rawValue), expected "
          + fitting.map(\.0).joined(separator: " or "), at: section?.origin ?? trace.origin)
    }
    for (_, basis, section) in fitting {
      guard let section else { continue }
      if section.input == Bytes(0), section.output == Bytes(0) {
        report("found nothing that is moved, expected input or output", at: section.origin)
      }
      return RoundTripBytes(
        per: basis, input: section.input.value, output: section.output.value)
    }
    if others.isEmpty {
      report(
        "found none of \(fitting.map(\.0).joined(separator: ", ")), expected one with format: "
          + trace.format.rawValue, at: trace.origin)
    }
    return nil
  }
}

// MARK: - Keys that go together

extension Checker {
  private mutating func checkKeys(of trace: TraceSection) {
    let isFlows = trace.format == .flows
    let keys: [(String, isGiven: Bool, isWrong: Bool)] = [
      ("from", trace.from != nil, isFlows), ("to", trace.to != nil, isFlows),
      ("bytes_per_token", trace.bytesPerToken != nil, isFlows),
      ("bytes_per_job", trace.bytesPerJob != nil, isFlows),
      ("bytes_per_processor", trace.bytesPerProcessor != nil, isFlows),
    ]
    checkUse(of: keys, in: trace)
    checkMeaning(of: trace)
    for (key, isGiven) in trace.keysOfPools where isGiven {
      report(
        "found \(key) without a pool, expected to: {pool: any}, or the pool that jobs run on",
        at: trace.origin, key: key)
    }
    if !isFlows {
      let nodes: [(String, NodeShares?)] = [("from", trace.from), ("to", trace.to?.nodes)]
      for (key, value) in nodes where value == nil {
        report(
          "the key is missing, which format: \(trace.format.rawValue) needs", at: trace.origin,
          key: key)
      }
    }
    checkRepetition(of: trace)
  }

  mutating func checkRepetition(of trace: TraceSection) {
    if trace.period != nil, trace.repetitions == nil, trace.repeatUntil == nil {
      report(
        "found period without repeat or repeat_until, expected one of them", at: trace.origin)
    }
    if let until = trace.repeatUntil, until.value.value <= (trace.start ?? .zero) {
      report("found a time that is not after start, expected a later one", at: until)
    }
  }

  /// What says what is in a file goes with files that leave it open.
  mutating func checkMeaning(of trace: TraceSection) {
    checkUse(
      of: [
        ("columns", trace.columns != nil, trace.format.isFixed),
        ("time_unit", trace.timeUnit != nil, trace.format.isFixed),
        ("flops", trace.flops != nil, trace.format != .batsim),
      ], in: trace)
  }

  private mutating func checkUse(
    of keys: [(String, isGiven: Bool, isWrong: Bool)], in trace: TraceSection
  ) {
    for (key, isGiven, isWrong) in keys where isGiven && isWrong {
      report(
        "found \(key) with format: \(trace.format.rawValue), which has no use for it",
        at: trace.origin, key: key)
    }
  }

  /// The nodes with their weights and the routes between them; nil where one is in error.
  private mutating func places(of trace: TraceSection) -> RoundTripPlaces? {
    guard let from = trace.from?.entries, let to = trace.to?.nodes?.entries else { return nil }
    // A node that is unknown is reported once, not once for each of its pairs.
    let areKnown = (from + to).map { node($0.node) != nil }.allSatisfy(\.self)
    guard areKnown, isNetworkSound else { return nil }
    var pairs: [RoundTripPlaces.Pair?] = []
    for source in from {
      for target in to {
        guard source.node.value != target.node.value else {
          pairs.append(nil)
          continue
        }
        guard let there = route(from: source.node, to: target.node),
          let back = route(from: target.node, to: source.node)
        else { return nil }
        pairs.append(.init(there: there, back: back))
      }
    }
    if pairs.allSatisfy({ $0 == nil }) {
      report(
        "found the same node in from and to, expected two different ones", at: trace.origin)
    }
    let weights = { (entries: [NodeWeights.Entry]) in entries.map(\.weight.value) }
    for (key, entries) in [("from", from), ("to", to)] {
      let total = weights(entries).reduce(0, +)
      guard !(total > 0 && total.isFinite) else { continue }
      report(
        "found weights that add up to \(total), expected numbers nearer to 1", at: trace.origin,
        key: key)
    }
    return RoundTripPlaces(from: weights(from), to: weights(to), pairs: pairs)
  }
}
