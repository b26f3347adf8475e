// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Traffic

// Requests are answered: counted, written and forgotten.

extension Serving {
  /// A replica has given the last token of a request.
  func requestIsDone(_ end: BatchEngine.Finished, by replica: Int) throws(RunError) {
    let state = requests.take(RequestID(number: end.id))
    let service = Int(state.service)
    let request = state.request
    services[service].sites[replicas[replica].site].add(requests: -1, at: now)
    let between = SimDuration(
      nanoseconds: Int64(
        (Double((end.end - end.first).nanoseconds) / max(1, request.outputTokens)).rounded()))
    let times = AnswerTimes(
      queue: end.start - state.reached, firstToken: end.first - request.time + state.way.down,
      betweenTokens: between, response: end.end - request.time + state.way.down)
    let promise = services[service].design.promise
    let isWithin = promise.holds(
      firstToken: times.firstToken, betweenTokens: times.betweenTokens)
    count(of: service) { $0.serve(request, times, isWithin: isWithin, $1) }
    guard let table else { return }
    try table.append(row(of: state, times, by: replica, promise.isEmpty ? nil : isWithin))
  }

  private func row(
    of state: ServedRequest, _ times: AnswerTimes, by replica: Int, _ isWithin: Bool?
  ) -> SamplesTable.Row {
    let design = services[Int(state.service)].design
    let request = state.request
    let pool = model.computing.pools[design.sites[replicas[replica].site].pool]
    let source =
      request.place < design.origins.count
      ? model.topology[design.origins[request.place]] : ""
    return SamplesTable.Row(
      instant: request.time, traffic: design.name, service: design.kind(of: request),
      source: source,
      site: model.topology[pool.node], inputTokens: request.inputTokens,
      outputTokens: request.outputTokens, up_s: state.way.up.seconds,
      down_s: state.way.down.seconds,
      served: SamplesTable.Served(
        request: request.number, queue: times.queue, firstToken: times.firstToken,
        betweenTokens: times.betweenTokens, response: times.response, pool: pool.name,
        replica: replicas[replica].number, isWithin: isWithin))
  }
}

extension InferenceService {
  /// The service of token traffic that a request is of, or its own name.
  fileprivate func kind(of request: OfferedRequest) -> String {
    if case .tokens(let traffic, _) = source { traffic.services[request.kind].name } else { name }
  }
}
