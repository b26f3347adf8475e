// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Results
internal import Traffic

extension Run {
  /// The last byte of a flow has been sent.
  func finish(_ flow: FinishedFlow) throws(RunError) {
    if let owner = lanes[Int32(flow.flowClass)].owner, !owner.isCounted {
      return partOfJobEnds(flow, owner)
    }
    let record = flows[flow.slot]
    let finish = SimTime(nanoseconds: flow.nanoseconds)
    events += 1
    digest.combine(time: finish, kind: Happening.flowFinishes, subject: flow.slot)
    if loss.isOn { loss.noteFlow() }
    countLoad(of: Int32(flow.flowClass), by: -1)
    if try goesOn(behindPart: flow) { return }
    if loss.isOn, awaitRepairs(of: record, flow, sentAt: finish) { return }
    if probe?.slot == flow.slot { watchFinish(at: finish) }
    try complete(record, on: Int32(flow.flowClass), at: finish, bottleneck: flow.bottleneck)
  }

  /// The last byte of a flow has arrived.
  func complete(
    _ record: FlowRecord, on index: Int32, at finish: SimTime, bottleneck: Int?
  ) throws(RunError) {
    let lane = lanes[index]
    countPresence()
    // Its last nanosecond may have been cut short.
    presence -= (now - finish).seconds
    // A flow that is done within its first nanosecond took some of it.
    let seconds = max((finish - record.arrival).seconds, 1e-9)
    let slowdown = slowdown(of: record, on: index, seconds)
    let isCounted = counts(record)
    overall.finish(
      bytes: record.bytes, seconds: seconds, slowdown: slowdown, isCounted: isCounted)
    if isCounted { overall.deadlines.count(record.deadline, finish: finish) }
    if model.classes.count > 1 {
      statistics[lane.trafficClass].finish(
        bytes: record.bytes, seconds: seconds, slowdown: slowdown, isCounted: isCounted)
      if isCounted {
        statistics[lane.trafficClass].deadlines.count(record.deadline, finish: finish)
      }
    }
    if tables.flows != nil {
      let row = row(
        record, index, end: .init(finish: finish, slowdown: slowdown),
        bottleneck: name(ofBottleneck: bottleneck, on: index))
      do { try tables.flows?.append(row) } catch { throw .results(error) }
    }
    try ownerHears(FlowEnd(owner: record.owner, finish: finish))
    names.drop(record.name)
  }

  /// Tells the owner of a flow that it is over.
  func ownerHears(_ end: FlowEnd) throws(RunError) {
    switch end.owner {
    case .traffic, .exchange, .hop, .demand: break
    case .roundTrip(let index): roundTripFlowEnds(index, end)
    case .answer(let index): answerEnds(index, end)
    case .elastic(let index): try closeElastic(index, finish: end.finish)
    case .transfer(let index): transferEnds(Int(index), end)
    }
  }

  /// A flow as a row of the flows table.
  func row(
    _ record: FlowRecord, _ lane: Int32, end: FlowsTable.End?, bottleneck: String
  ) -> FlowsTable.Row {
    let route = lanes.route(of: lane)
    return FlowsTable.Row(
      name: names.text(of: record.name),
      trafficClass: model.classes[lanes[lane].trafficClass].name,
      source: route.source.map { model.topology[$0] } ?? "",
      target: route.target.map { model.topology[$0] } ?? "",
      bytes: record.bytes, arrival: record.arrival, end: end, bottleneck: bottleneck,
      deadline: record.deadline == .distantFuture ? nil : record.deadline)
  }

  /// The name of a link by its position on the path, or of the ceiling.
  ///
  /// Behind the links of a lossless lane stand their buffers.
  func name(ofBottleneck position: Int?, on lane: Int32) -> String {
    guard let position else { return "ceiling" }
    let path = lanes.route(of: lane).links
    return model.topology[path[position % path.count]].name
  }
}
