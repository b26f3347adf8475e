// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel

/// A client that is served, as long as it is.
struct Session: BitwiseCopyable {
  var request: Request
  var source: Int32
  /// The instant from which it is served.
  var ready: SimTime
  /// Whether light was lit for it.
  var isNew: Bool
}

extension Lighting {
  /// Makes the next request of a source, and those behind it of the same instant.
  ///
  /// What ends in an instant has ended before those that come in it: they wait for whatever else is
  /// planned for it.
  func requestArrives(from source: Int) throws(RunError) {
    if requests.putOff[source] != now, world.queue.nextTime == now {
      requests.putOff[source] = now
      world.queue.push(.light(.requestArrives(source: Int32(source))), at: now)
      return
    }
    while let request = requests.pending[source], request.start == now {
      try serve(request, from: source)
      requests.fetch(source, before: horizon)
    }
    scheduleRequest(of: source)
  }

  func scheduleRequest(of source: Int) {
    guard let request = requests.pending[source] else { return }
    world.queue.push(.light(.requestArrives(source: Int32(source))), at: request.start)
  }

  private func serve(_ request: Request, from source: Int) throws(RunError) {
    requests.count(from: source) { $0.offer(request) }
    let watched = watch == nil ? nil : watched(request, from: source)
    let before = watched == nil ? nil : light
    var refusal = ""
    let answer =
      if let outside {
        try connect(request, from: source, by: outside, reason: &refusal)
      } else {
        light.connect(
          from: request.source, to: request.target, rate: request.rate,
          protection: request.protection, at: now)
      }
    if let watched, let before {
      watch(request, watched, answer, before: before, refusal: refusal)
    }
    switch answer {
    case .refused:
      requests.count(from: source) { $0.refuse(request) }
      try writeUnserved(request, from: source, "refused", refusal)
    case .blocked(let reason):
      requests.count(from: source) { $0.block(request, reason) }
      try writeUnserved(request, from: source, "blocked", reason.rawValue)
    case .connected(let client, let isNew):
      requests.count(from: source) { $0.accept(request, isNew: isNew) }
      let ready = try isNew ? bringUp(client) : instantOfLight(for: client)
      requests.place(
        Session(request: request, source: Int32(source), ready: ready, isNew: isNew), client)
      if let hold = request.hold, ready + hold <= horizon {
        world.queue.push(.light(.clientLeaves(client: client)), at: ready + hold)
      }
    }
  }

  /// Lights the circuits of a new client; gives the instant from which it is served.
  private func bringUp(_ client: ClientID) throws(RunError) -> SimTime {
    var next = client
    while !next.isNone {
      let part = light.clients[next]
      try begin(circuit: part.circuit)
      next = part.next
    }
    return now + model.light.setup
  }

  /// The instant from which a client is served that rides on a circuit lit for another.
  private func instantOfLight(for client: ClientID) -> SimTime {
    let circuit = light.circuits[light.clients[client].circuit]
    return circuit.state == .settingUp ? circuit.dueAt : now
  }

  /// A client lets go of what it holds.
  ///
  /// What it leaves empty waits for others, unless it does not carry: nobody can join it then.
  func clientLeaves(_ client: ClientID) throws(RunError) {
    let session = requests.sessions[client.index]
    try end(session, of: client, at: now)
    requests.emptied.removeAll(keepingCapacity: true)
    light.disconnect(client, emptying: &requests.emptied)
    for position in requests.emptied.indices {
      let circuit = requests.emptied[position]
      if model.light.idle == .zero || !light.circuits[circuit].carries {
        try tearDown(circuit)
      } else {
        light.open(circuit)
        plan(circuit, after: model.light.idle)
      }
    }
  }

  /// Counts a client that is over, and writes its row; `end` is nil for one still served.
  func end(_ session: Session, of client: ClientID, at end: SimTime?) throws(RunError) {
    let held = max(0, (now - session.ready).seconds)
    let down = min(held, reading { $0.downTime(ofClient: client, at: now).seconds })
    requests.count(from: Int(session.source)) { $0.end(held: held, down: down) }
    guard tables.requests != nil else { return }
    let names = reading { light in
      light.circuits(ofClient: client).map {
        light.name(ofLightpath: light.circuits[$0].working)
      }
    }
    try write(
      row(
        session.request, from: Int(session.source), outcome: session.isNew ? "lit" : "groomed",
        ready: session.ready, end: end, availability: held > 0 ? 1 - down / held : .nan,
        lightpaths: names.joined(separator: ";")))
  }

  private func writeUnserved(
    _ request: Request, from source: Int, _ outcome: String, _ reason: String
  ) throws(RunError) {
    guard tables.requests != nil else { return }
    try write(row(request, from: source, outcome: outcome, reason: reason))
  }

  private func row(
    _ request: Request, from source: Int, outcome: String, reason: String = "",
    ready: SimTime? = nil, end: SimTime? = nil, availability: Double = .nan,
    lightpaths: String = ""
  ) -> RequestsTable.Row {
    RequestsTable.Row(
      name: name(of: request, from: source), source: model.topology.nodes[Int(request.source)],
      target: model.topology.nodes[Int(request.target)], request: request, outcome: outcome,
      reason: reason, ready: ready, end: end, availability: availability,
      lightpaths: lightpaths)
  }

  func name(of request: Request, from source: Int) -> String {
    switch model.light.requests[source] {
    case .listed(let listed): listed[Int(request.number)].name
    case .generated(let generator): "\(generator.name)-\(request.number)"
    }
  }

  private func write(_ row: RequestsTable.Row) throws(RunError) {
    try tables.requests?.append(row)
  }
}

/// The sources of requests at work, and the clients that are served.
struct RequestBook {
  private var feeds: [RequestFeed]
  /// The request that each source makes next.
  private(set) var pending: [Request?]
  /// By source, the last instant in which its requests waited for what else was planned.
  var putOff: [SimTime]
  /// By client, each at the position of its first part.
  private(set) var sessions: [Session] = []
  private(set) var statistics: RequestStatistics
  /// The same for the requests of each source.
  private(set) var bySource: [RequestStatistics]
  /// Circuits that the last client to leave left empty.
  var emptied: [CircuitID] = []

  init(_ sources: [RequestSource], seed: UInt64, mayRefuse: Bool, countsRegenerators: Bool) {
    statistics = RequestStatistics(mayRefuse: mayRefuse, countsRegenerators: countsRegenerators)
    feeds = sources.map { RequestFeed($0, seed: seed) }
    pending = Array(repeating: nil, count: sources.count)
    putOff = Array(repeating: .distantFuture, count: sources.count)
    bySource = Array(repeating: statistics, count: sources.count)
  }

  var isEmpty: Bool { feeds.isEmpty }

  var isExhausted: Bool { pending.allSatisfy { $0 == nil } }

  mutating func fetch(_ source: Int, before horizon: SimTime) {
    let next = feeds[source].next()
    pending[source] = next.flatMap { $0.start < horizon ? $0 : nil }
  }

  /// Counts what became of a request, for its source and for all.
  mutating func count(from source: Int, _ change: (inout RequestStatistics) -> Void) {
    change(&statistics)
    change(&bySource[source])
  }

  mutating func place(_ session: Session, _ client: ClientID) {
    while sessions.count <= client.index { sessions.append(session) }
    sessions[client.index] = session
  }

  var fractionsDone: [Double] { feeds.map(\.fractionDone) }
}
