// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel

/// The watch on a request: it reads, and never changes what happens.
struct RequestProbe {
  let name: String
  var account: RequestAccount?
  /// What is asked again as time goes by, while it is blocked.
  private(set) var asked: LightRequest?
  /// What tells whether light has changed since it was asked last.
  fileprivate var seen: Light?

  fileprivate struct Light: Equatable {
    /// Those that there are, and all that were ever lit: one may go as another comes.
    var lightpaths: Int
    var lit: Int32
    /// Circuits with room, and who rides on any.
    var open: Int
    var clients: Int
    var faults: Int
  }

  init(_ name: String) { self.name = name }

  /// Nothing more is to be found out about it.
  var isOver: Bool { account != nil && asked == nil }

  mutating func ask(_ request: LightRequest) { asked = request }

  mutating func found(_ remedy: RequestAccount.Remedy) {
    account?.remedies.append(remedy)
    asked = nil
  }
}

extension Lighting {
  /// A request is about to be served; gives what it is where it is the one that is watched.
  func watched(_ request: Request, from source: Int) -> LightRequest? {
    guard let watch, watch.account == nil, name(of: request, from: source) == watch.name else {
      return nil
    }
    return LightRequest(
      source: request.source, target: request.target, rate: request.rate,
      protection: request.protection)
  }

  /// It has been served or blocked; `before` is the light as it was.
  func watch(
    _ request: Request, _ asked: LightRequest, _ answer: Connection, before: LightNetwork,
    refusal: String
  ) {
    var account = RequestAccount(
      request: watch?.name ?? "", source: model.topology.nodes[Int(request.source)],
      target: model.topology.nodes[Int(request.target)], rate: request.rate,
      protection: request.protection.rawValue, start: request.start, outcome: "blocked")
    account.paths = before.pathStates(for: asked).map(path)
    switch answer {
    case .connected(let client, let isNew):
      account.outcome = isNew ? "lit" : "groomed"
      account.lightpaths = light.circuits(ofClient: client).map {
        light.name(ofLightpath: light.circuits[$0].working)
      }
    case .refused: (account.outcome, account.reason) = ("refused", refusal)
    case .blocked(let reason):
      account.reason = reason.rawValue
      account.remedies = remedies(for: asked, before)
      watch?.ask(asked)
    }
    watch?.account = account
  }

  /// Looks whether the watched request would be served by now.
  func lookAtRequest() {
    guard let watch, let asked = watch.asked, let account = watch.account, now > account.start
    else { return }
    let state = RequestProbe.Light(
      lightpaths: light.lightpaths.count, lit: light.lightpathsLit, open: light.openCount,
      clients: light.clients.count, faults: Int(light.faults.reduce(0, +)))
    guard state != watch.seen else { return }
    self.watch?.seen = state
    if light.wouldServe(asked, at: now) { self.watch?.found(.later(now)) }
  }

  private func remedies(
    for request: LightRequest, _ before: LightNetwork
  ) -> [RequestAccount.Remedy] {
    var found: [RequestAccount.Remedy] = []
    if let blocks = before.blocksNeeded(by: request, at: now), !blocks.isEmpty {
      found.append(.channels(blocks.map(channel)))
    }
    let less = before.lesserRates(than: request).first { rate in
      var other = request
      other.rate = rate
      return before.wouldServe(other, at: now)
    }
    if let less { found.append(.rate(less)) }
    if request.protection != .none {
      var other = request
      other.protection = .none
      if before.wouldServe(other, at: now) { found.append(.unprotected) }
    }
    if let sites = before.regeneratorsNeeded(by: request, at: now) {
      found.append(
        .regeneration(
          sites.map {
            RequestAccount.Regenerators(site: model.topology[$0.site], count: $0.count)
          }))
    }
    if before.allowing(conversion: true).wouldServe(request, at: now) { found.append(.conversion) }
    return found
  }

  private func names(_ path: FibrePath) -> [String] {
    path.fibres.map { model.light.plant[$0].name }
  }

  private func channel(_ block: TakenBlock) -> RequestAccount.Channel {
    RequestAccount.Channel(
      channels: block.count == 1
        ? "\(block.first + 1)" : "\(block.first + 1)-\(block.first + block.count)",
      fibres: block.fibres.map { model.light.plant[$0].name },
      holders: block.holders.map { light.name(ofLightpath: $0) }, path: names(block.path))
  }

  private func path(_ state: LightNetwork.PathState) -> RequestAccount.Path {
    RequestAccount.Path(
      fibres: names(state.path), kilometres: state.path.length.value, isDown: state.isDown,
      lineRate: state.lineRate, free: state.freeBlocks,
      fullest: state.fullest.map { model.light.plant[$0.fibre].name } ?? "",
      freeOnFullest: state.fullest?.free ?? 0)
  }
}
