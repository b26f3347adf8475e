// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Statistics
internal import Traces
internal import Traffic

// The life of a request or a job: its bytes go there, it is served or runs, and bytes come back.

extension Run {
  func open(_ trace: RoundTripTrace) throws(RunError) {
    do throws(TraceError) {
      let state = try RoundTripFeed(trace, seed: model.seed, isCertified: tables.areKept)
      let content: TraceOutcome.Content =
        switch trace.format {
        case .requests: .requests
        case .jobs, .swf: .jobs
        }
      roundTrips.books[sources.count] = TraceBook(
        name: trace.name, file: trace.file, content: content, skipped: { state.skipped },
        record: state.record)
      roundTrips.states.append(state)
      sources.append(
        .roundTrips(trace: roundTrips.states.count - 1, trafficClass: trace.trafficClass))
    } catch {
      throw .trace(error)
    }
  }

  /// Reads the next round trip of a trace; what goes there is in line as any flow is.
  func takeRoundTrip(
    _ trace: Int, _ trafficClass: Int, _ source: Int
  ) throws(RunError) {
    let next: RoundTrip?
    do { next = try roundTrips.states[trace].next() } catch { throw .trace(error) }
    guard let roundTrip = next, roundTrip.time < horizon else { return }
    sources[source] = .roundTrips(trace: trace, trafficClass: trafficClass)
    roundTrips.books[source]?.account.add(roundTrip)
    let name = FlowName(.roundTrip(source: source, number: roundTrip.number, isAnswer: false))
    let back = roundTrip.back.map { lane(route: $0.route, trafficClass: trafficClass) }
    let index = roundTrips.begin(
      RoundTripDesk.Entry(
        name: name, arrival: roundTrip.time, back: back ?? -1,
        bytesBack: roundTrip.back?.bytes ?? 0, pause: roundTrip.pause ?? .zero,
        ends: roundTrip.pause != nil))
    let there = roundTrip.there.map { lane(route: $0.route, trafficClass: trafficClass) }
    let record = FlowRecord(
      name: name, arrival: roundTrip.time, bytes: roundTrip.there?.bytes ?? 0,
      owner: .roundTrip(index))
    expect(record, on: there ?? Arrival.nowhere, from: source)
  }

  /// Puts a generated flow in line that something comes back for.
  func expectRequest(
    _ flow: GeneratedFlow, _ answer: GeneratedFlow.Answer, on there: Int32, _ trafficClass: Int,
    from source: Int
  ) {
    let name = FlowName(.roundTrip(source: source, number: flow.number, isAnswer: false))
    var record = FlowRecord(name: name, arrival: flow.start, bytes: flow.bytes)
    defer { expect(record, on: there, from: source) }
    guard record.arrival < horizon else { return }
    let index = roundTrips.begin(
      RoundTripDesk.Entry(
        name: name, arrival: flow.start,
        back: lane(route: answer.route, trafficClass: trafficClass), bytesBack: answer.bytes,
        pause: answer.pause, ends: true))
    record.owner = .roundTrip(index)
  }

  /// What went there has arrived, or nothing had to go: the round trip is served from now on.
  func roundTripIsServed(_ index: Int32, from start: SimTime) {
    let entry = roundTrips[index]
    guard entry.ends else { return roundTrips.drop(index) }
    // A flow may have ended within the nanosecond before this instant.
    let end = max(now, start + entry.pause)
    guard end <= horizon else { return }
    roundTrips.planned += 1
    queue.push(.roundTripTurns(roundTrip: index), at: end)
  }

  /// It has been served: what comes back sets out.
  func roundTripTurns(_ index: Int32) throws(RunError) {
    roundTrips.planned -= 1
    let entry = roundTrips[index]
    guard entry.back >= 0 else { return roundTripEnds(index, at: now) }
    let record = FlowRecord(
      name: entry.name.answer, arrival: now, bytes: entry.bytesBack, owner: .answer(index))
    try admit(Arrival(record: record, lane: entry.back))
  }

  /// What goes there of a round trip has arrived, or has broken off.
  func roundTripFlowEnds(_ index: Int32, _ end: FlowEnd) {
    guard let finish = end.finish else { return roundTrips.drop(index) }
    roundTripIsServed(index, from: finish)
  }

  /// What comes back has arrived, or has broken off.
  func answerEnds(_ index: Int32, _ end: FlowEnd) {
    guard let finish = end.finish else { return roundTrips.drop(index) }
    roundTripEnds(index, at: finish)
  }

  private func roundTripEnds(_ index: Int32, at end: SimTime) {
    let entry = roundTrips[index]
    let arrival = entry.arrival
    roundTrips.drop(index)
    guard case .roundTrip(let source, _, _) = entry.name.form else { return }
    roundTrips.books[source]?.finished += 1
    guard arrival >= .zero + model.warmUp else { return }
    roundTrips.books[source]?.response.add((end - arrival).seconds)
  }
}
