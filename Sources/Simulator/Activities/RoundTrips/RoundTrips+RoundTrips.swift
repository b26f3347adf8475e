// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Statistics
internal import Traces
internal import Traffic

// The life of a request or a job: its bytes go there, it is served or runs, and bytes come back.

extension RoundTrips {
  /// Opens a trace as the source of a number.
  func open(_ trace: RoundTripTrace, as source: Int) throws(RunError) -> FlowSource {
    do throws(TraceError) {
      let state = try RoundTripFeed(
        trace, seed: model.seed, isCertified: world.outputs.areKept, sharing: model.sharedTraces)
      let content: TraceOutcome.Content =
        switch trace.format {
        case .requests: .requests
        case .jobs: .jobs
        }
      book.books[source] = TraceBook(
        name: trace.name, file: trace.file, content: content, skipped: { state.skipped },
        record: state.record)
      book.states.append(state)
      return .roundTrips(
        trace: book.states.count - 1, trafficClass: trace.trafficClass)
    } catch {
      throw .trace(error)
    }
  }

  /// Reads the next round trip of a trace: what goes there.
  func next(
    of trace: Int, _ trafficClass: Int, from source: Int
  ) throws(RunError) -> Arrival? {
    let next: RoundTrip?
    do { next = try book.states[trace].next() } catch { throw .trace(error) }
    guard let roundTrip = next, roundTrip.time < horizon else { return nil }
    book.books[source]?.account.add(roundTrip)
    let name = FlowName(.roundTrip(source: source, number: roundTrip.number, isAnswer: false))
    let back = roundTrip.back.map { world.flowClass(route: $0.route, trafficClass: trafficClass) }
    let index = book.begin(
      RoundTripBook.Entry(
        name: name, arrival: roundTrip.time, back: back ?? .none,
        bytesBack: roundTrip.back?.bytes ?? 0, pause: roundTrip.pause ?? .zero,
        ends: roundTrip.pause != nil))
    let there = roundTrip.there.map { world.flowClass(route: $0.route, trafficClass: trafficClass) }
    let record = FlowRecord(
      name: name, arrival: roundTrip.time, bytes: roundTrip.there?.bytes ?? 0,
      owner: .roundTrip(index))
    return Arrival(record: record, flowClass: there ?? Arrival.nowhere)
  }

  /// A generated flow that something comes back for.
  func request(
    _ flow: GeneratedFlow, _ answer: GeneratedFlow.Answer, _ trafficClass: Int, from source: Int
  ) -> FlowRecord {
    let name = FlowName(.roundTrip(source: source, number: flow.number, isAnswer: false))
    var record = FlowRecord(name: name, arrival: flow.start, bytes: flow.bytes)
    guard record.arrival < horizon else { return record }
    let index = book.begin(
      RoundTripBook.Entry(
        name: name, arrival: flow.start,
        back: world.flowClass(route: answer.route, trafficClass: trafficClass),
        bytesBack: answer.bytes,
        pause: answer.pause, ends: true))
    record.owner = .roundTrip(index)
    return record
  }

  /// What went there has arrived, or nothing had to go: the round trip is served from now on.
  func roundTripIsServed(_ index: RoundTripID, from start: SimTime) {
    let entry = book[index]
    guard entry.ends else { return book.drop(index) }
    // A flow may have ended within the nanosecond before this instant.
    let end = max(now, start + entry.pause)
    guard end <= horizon else { return }
    book.planned += 1
    world.queue.push(.roundTrips(.turns(roundTrip: index)), at: end)
  }

  /// It has been served: what comes back sets out.
  func roundTripTurns(_ index: RoundTripID) throws(RunError) {
    book.planned -= 1
    let entry = book[index]
    guard !entry.back.isNone else { return roundTripEnds(index, at: now) }
    let record = FlowRecord(
      name: entry.name.answer, arrival: now, bytes: entry.bytesBack, owner: .answer(index))
    try world.admit(Arrival(record: record, flowClass: entry.back))
  }

  /// What goes there of a round trip has arrived, or has broken off.
  func roundTripFlowEnds(_ index: RoundTripID, _ end: FlowEnd) {
    guard let finish = end.finish else { return book.drop(index) }
    roundTripIsServed(index, from: finish)
  }

  /// What comes back has arrived, or has broken off.
  func answerEnds(_ index: RoundTripID, _ end: FlowEnd) {
    guard let finish = end.finish else { return book.drop(index) }
    roundTripEnds(index, at: finish)
  }

  private func roundTripEnds(_ index: RoundTripID, at end: SimTime) {
    let entry = book[index]
    let arrival = entry.arrival
    book.drop(index)
    guard case .roundTrip(let source, _, _) = entry.name.form else { return }
    book.books[source]?.finished += 1
    guard arrival >= .zero + model.warmUp else { return }
    book.books[source]?.response.add((end - arrival).seconds)
  }
}
