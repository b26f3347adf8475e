// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import NetworkModel
internal import Results
internal import Traces
internal import Traffic

/// A source of flows at work, one flow ahead of the run.
///
/// The state of a generator, a few hundred bytes, stands in an array of its own and is changed in
/// place: it would be moved twice for each flow if it stood in here.
enum FlowSource {
  case listed([ListedFlow], next: Int)
  case trace(FlowReader, trafficClass: Int)
  case generated(generator: Int, trafficClass: Int)
  /// A trace of flows that are reshaped.
  case rows(Int, trafficClass: Int)
  case roundTrips(trace: Int, trafficClass: Int)
  /// Has no more flows.
  case exhausted
}

extension Offered {
  func open(_ source: TrafficSource) throws(RunError) {
    switch source {
    case .listed(let flows):
      sources.append(.listed(flows, next: 0))
    case .trace(let trace):
      do throws(TraceError) { try openTrace(trace) } catch { throw .trace(error) }
    case .roundTrips(let trace):
      sources.append(try roundTrips.open(trace, as: sources.count))
    case .generated(let generator):
      if generator.answers != nil {
        roundTrips.book.books[sources.count] = TraceBook(
          name: generator.name, file: "", content: .answered, skipped: { SkippedLines() },
          record: nil)
      }
      generators.append(GeneratorState(generator, seed: model.seed))
      sources.append(
        .generated(generator: generators.count - 1, trafficClass: generator.trafficClass))
    }
  }

  private func openTrace(_ trace: TraceSource) throws(TraceError) {
    let (mapping, tolerance) = (trace.options.mapping, trace.options.tolerance)
    guard trace.options.keepsRecords else { return try openRows(trace) }
    let reader = try FlowReader(
      file: trace.file, mapping: mapping, tolerance: tolerance, isCertified: world.outputs.areKept,
      sharing: model.sharedTraces)
    book(trace, skipped: { reader.skipped }, record: reader.record)
    sources.append(.trace(reader, trafficClass: trace.trafficClass))
  }

  private func openRows(_ trace: TraceSource) throws(TraceError) {
    let standardClass = trace.trafficClass
    // The rows live no longer than the run that owns them.
    let rows = try FlowRows(
      file: trace.file, mapping: trace.options.mapping, tolerance: trace.options.tolerance,
      sorts: trace.options.sorts, isCertified: world.outputs.areKept,
      sharing: model.sharedTraces
    ) { [unowned self] (request: RouteRequest) throws(RouteProblem) -> Int32 in
      try flowClass(of: request, standardClass: standardClass).number
    }
    book(trace, skipped: { rows.skipped }, record: rows.record)
    roundTrips.book.rows.append(rows.reshaped(by: trace.options.reshaping))
    sources.append(.rows(roundTrips.book.rows.count - 1, trafficClass: standardClass))
  }

  private func book(
    _ trace: TraceSource, skipped: @escaping () -> SkippedLines,
    record: @escaping () throws(TraceError) -> FileRecord?
  ) {
    roundTrips.book.books[sources.count] = TraceBook(
      name: trace.name, file: trace.file, content: .flows, skipped: skipped, record: record)
  }

  /// The flow class that a row of a trace asks for.
  func flowClass(of request: RouteRequest, standardClass: Int) throws(RouteProblem) -> FlowClassID {
    let found = try resolver.resolve(request, standardClass: standardClass)
    return world.flowClasses.flowClass(
      for: found.route, trafficClass: found.trafficClass, in: &world.fluid)
  }

  /// How much of a source has been brought in, as far as that can be told.
  func fractionDone(of source: FlowSource) -> Double {
    switch source {
    case .listed(let flows, let next): Double(next) / Double(max(1, flows.count))
    case .trace(let reader, _): reader.fractionRead
    case .generated(let generator, _): generators[generator].fractionDrawn
    case .roundTrips(let trace, _): roundTrips.book.states[trace].fractionRead
    // Nobody knows how often they go around.
    case .rows: 0
    case .exhausted: 1
    }
  }
}

extension TrafficSource {
  /// The name that the flows of a generator or of round trips are numbered under.
  var flowPrefix: String {
    switch self {
    case .generated(let generator): generator.name
    case .roundTrips(let trace): trace.name
    case .listed, .trace: ""
    }
  }
}
