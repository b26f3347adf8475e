// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// An exchange laid out over the hosts that a job stands on.
///
/// Where all groups have equally many members in each host, and more than one, they work together
/// there first: a reduction scatters inside the hosts, each member goes on with its part among
/// those in its place in other hosts, and the parts are gathered inside again. What stays inside
/// a host takes what its closed form says, for nobody else is on that wire.
struct ExchangePlan {
  enum Step {
    /// All of it inside hosts, for a time.
    case within(SimDuration)
    case phase(CollectivePhase)
  }

  let exchange: JobExchange
  let placement: JobPlacement
  let groups: Int
  /// Members that work together in a host; the phases are among those in the same place.
  let perHost: Int
  private(set) var steps: [Step] = []

  init(_ exchange: JobExchange, of job: TrainingJob, on fabric: Fabric) {
    self.exchange = exchange
    placement = job.placement
    let ranks = exchange.collective.ranks
    groups = job.gpus / ranks
    let together = Self.membersPerHost(exchange, placement, groups, fabric)
    let isReduction = [.allReduce, .allGather, .reduceScatter].contains(exchange.collective.kind)
    perHost = together == ranks || isReduction ? together : 1
    let wire = fabric.design.interconnect
    if together == ranks {
      steps = [.within(Self.time(exchange.collective, exchange.repeats, wire))]
    } else {
      addSteps(wire)
    }
  }

  /// The members of a group that each host has; 1 where it differs.
  private static func membersPerHost(
    _ exchange: JobExchange, _ placement: JobPlacement, _ groups: Int, _ fabric: Fabric
  ) -> Int {
    let ranks = exchange.collective.ranks
    func host(_ member: Int, _ group: Int) -> Int {
      fabric.host(ofGPU: placement.gpu(ofRank: exchange.rank(member, ofGroup: group)))
    }
    let together = (0..<ranks).prefix { host($0, 0) == host(0, 0) }.count
    guard together > 1, ranks.isMultiple(of: together) else { return 1 }
    for group in 0..<groups {
      for member in 0..<ranks {
        let first = host(member - member % together, group)
        let isNew = member % together > 0 || member == 0 || host(member - 1, group) != first
        guard host(member, group) == first, isNew else { return 1 }
      }
    }
    return together
  }

  private mutating func addSteps(_ wire: FabricDesign.Interconnect) {
    let whole = exchange.collective
    var across = whole
    across.ranks = whole.ranks / perHost
    across.bytes = whole.bytes / Double(perHost)
    let scattered = perHost > 1 && whole.kind != .allGather
    let gathered = perHost > 1 && whole.kind != .reduceScatter
    func within(_ kind: Collective.Kind) -> Step {
      let part = Collective(kind, .ring, ranks: perHost, bytes: whole.bytes)
      return .within(Self.time(part, exchange.repeats, wire))
    }
    if scattered { steps.append(within(.reduceScatter)) }
    for var phase in across.phases {
      phase.bytes *= Double(exchange.repeats)
      phase.latencies *= exchange.repeats
      steps.append(.phase(phase))
    }
    if gathered { steps.append(within(.allGather)) }
  }

  private static func time(
    _ collective: Collective, _ repeats: Int, _ wire: FabricDesign.Interconnect
  ) -> SimDuration {
    let once = collective.seconds(
      alpha: wire.delay.seconds, bytesPerSecond: wire.rate.value / 8)
    return SimDuration(seconds: once * Double(repeats)) ?? SimDuration(nanoseconds: .max)
  }
}

extension ExchangePlan {
  /// The transfers of a phase: those between hosts, and for how long those inside hosts last.
  struct Transfers {
    var pairs: [NICPair] = []
    var within: SimDuration?
  }

  func transfers(of phase: CollectivePhase, on fabric: Fabric) -> Transfers {
    var transfers = Transfers()
    // Transfers that each accelerator sends and receives inside its host.
    var sent: [Int: Int] = [:]
    var received: [Int: Int] = [:]
    for group in 0..<groups {
      for place in 0..<perHost {
        phase.forEachTransfer(ranks: exchange.collective.ranks / perHost) { from, to in
          let source = placement.gpu(
            ofRank: exchange.rank(from * perHost + place, ofGroup: group))
          let target = placement.gpu(ofRank: exchange.rank(to * perHost + place, ofGroup: group))
          guard fabric.host(ofGPU: source) == fabric.host(ofGPU: target) else {
            transfers.pairs.append(
              NICPair(source: fabric.nic(ofGPU: source), target: fabric.nic(ofGPU: target)))
            return
          }
          sent[source, default: 0] += 1
          received[target, default: 0] += 1
        }
      }
    }
    guard let most = [sent.values.max(), received.values.max()].compactMap(\.self).max() else {
      return transfers
    }
    let wire = fabric.design.interconnect
    let seconds =
      Double(phase.latencies) * wire.delay.seconds
      + Double(most) * phase.bytes * 8 / wire.rate.value
    transfers.within = SimDuration(seconds: seconds) ?? SimDuration(nanoseconds: .max)
    return transfers
  }
}
