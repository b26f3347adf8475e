// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import NetworkModel
internal import Traces
internal import Traffic

extension Offered {
  /// Brings in the next flow of a source, and those behind it that arrive at the same instant.
  func flowArrives(from source: Int) throws(RunError) {
    while let arrival = arrivals[source], arrival.record.arrival == now {
      if arrival.flowClass == Arrival.nowhere, case .roundTrip(let index) = arrival.record.owner {
        roundTrips.roundTripIsServed(index, from: now)
      } else {
        try world.admit(arrival)
      }
      try fetchNextFlow(of: source)
    }
    scheduleArrival(of: source)
  }

  /// Reads or draws the flow that a source brings next.
  func fetchNextFlow(of source: Int) throws(RunError) {
    let isFirst = now == .zero && arrivals[source] == nil
    arrivals[source] = nil
    // Swapped out while it works, so that it is never shared and never copied.
    var kind = FlowSource.exhausted
    swap(&kind, &sources[source])
    switch consume kind {
    case .exhausted: break
    case .listed(let listed, let next): takeListed(listed, next, source)
    case .generated(let generator, let trafficClass):
      takeGenerated(generator, trafficClass, source)
    case .trace(let reader, let trafficClass): try takeRow(reader, trafficClass, source)
    case .rows(let rows, let trafficClass): try takeReshapedRow(rows, trafficClass, source)
    case .roundTrips(let trace, let trafficClass):
      guard let arrival = try roundTrips.next(of: trace, trafficClass, from: source) else { break }
      sources[source] = .roundTrips(trace: trace, trafficClass: trafficClass)
      expect(arrival.record, on: arrival.flowClass, from: source)
    }
    if isFirst { scheduleArrival(of: source) }
  }

  private func scheduleArrival(of source: Int) {
    guard let arrival = arrivals[source] else { return }
    world.queue.push(.offered(.flowArrives(source: Int32(source))), at: arrival.record.arrival)
  }

  private func takeListed(_ listed: [ListedFlow], _ next: Int, _ source: Int) {
    guard next < listed.count else { return }
    let flow = listed[next]
    sources[source] = .listed(listed, next: next + 1)
    expect(
      FlowRecord(
        name: world.names.keep(flow.name), arrival: flow.start, bytes: flow.bytes.value,
        deadline: flow.deadline ?? .distantFuture),
      on: world.flowClass(route: flow.route, trafficClass: flow.trafficClass), from: source)
  }

  private func takeGenerated(_ generator: Int, _ trafficClass: Int, _ source: Int) {
    guard let flow = generators[generator].next() else { return }
    sources[source] = .generated(generator: generator, trafficClass: trafficClass)
    let flowClass = flowClass(for: flow.way, trafficClass: trafficClass)
    if let answer = flow.answer {
      let record = roundTrips.request(flow, answer, trafficClass, from: source)
      return expect(record, on: flowClass, from: source)
    }
    let name = FlowName(.generated(source: source, number: flow.number))
    let deadline = generators[generator].deadline?.deadline(
      start: flow.start, idealSeconds: world.flowClasses[flowClass].idealSeconds(bytes: flow.bytes))
    expect(
      FlowRecord(
        name: name, arrival: flow.start, bytes: flow.bytes, deadline: deadline ?? .distantFuture),
      on: flowClass, from: source)
  }

  /// The flow class of a flow that was drawn.
  private func flowClass(for way: GeneratedFlow.Way, trafficClass: Int) -> FlowClassID {
    switch way {
    case .route(let route): return world.flowClass(route: route, trafficClass: trafficClass)
    case .ends(let source, let target):
      guard let route = resolver.route(from: source, to: target) else {
        preconditionFailure("the check has seen that routes lead from all ends to all others")
      }
      return world.flowClasses.flowClass(for: route, trafficClass: trafficClass, in: &world.fluid)
    }
  }

  private func takeRow(
    _ reader: FlowReader, _ trafficClass: Int, _ source: Int
  ) throws(RunError) {
    do throws(TraceError) {
      let row = try reader.next { (request: RouteRequest) throws(RouteProblem) -> Int32 in
        try flowClass(of: request, standardClass: trafficClass).number
      }
      guard let row else { return }
      sources[source] = .trace(reader, trafficClass: trafficClass)
      expect(
        FlowRecord(
          name: world.names.keep(row.name), arrival: row.start, bytes: row.bytes,
          deadline: row.deadline ?? .distantFuture),
        on: FlowClassID(Int(row.route)), from: source)
      roundTrips.book.books[source]?.count(arrivals[source])
    } catch {
      throw .trace(error)
    }
  }

  private func takeReshapedRow(
    _ rows: Int, _ trafficClass: Int, _ source: Int
  ) throws(RunError) {
    let next: TraceRow?
    do { next = try roundTrips.book.rows[rows].next() } catch { throw .trace(error) }
    guard let row = next, let start = model.startOfTrace(source) else { return }
    sources[source] = .rows(rows, trafficClass: trafficClass)
    expect(
      FlowRecord(name: world.names.keep(row.name), arrival: row.start + start, bytes: row.bytes),
      on: FlowClassID(Int(row.route)), from: source)
    roundTrips.book.books[source]?.count(arrivals[source])
  }

  /// Puts a flow in line, unless it would arrive when the run is over.
  func expect(_ record: FlowRecord, on flowClass: FlowClassID, from source: Int) {
    guard record.arrival < horizon else {
      sources[source] = .exhausted
      return
    }
    arrivals[source] = Arrival(record: record, flowClass: flowClass)
  }
}

extension TraceBook {
  /// Counts a row that is a flow, unless it comes too late for the run.
  fileprivate mutating func count(_ arrival: Arrival?) {
    if arrival != nil { account.addFlow() }
  }
}

extension Model {
  /// What is added to the times of a source that is a trace of flows.
  fileprivate func startOfTrace(_ source: Int) -> SimDuration? {
    if case .trace(let trace) = traffic[source] { trace.options.start } else { nil }
  }
}
