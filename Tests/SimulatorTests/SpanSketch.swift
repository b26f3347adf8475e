// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Simulator
import Traffic

/// Fabrics with exits, links between them, and a job over all.
///
/// Each site is one leaf with hosts of one accelerator, so that inside it nothing is shared and
/// collectives take their closed forms. Links between sites have a capacity and a delay.
struct SpanSketch {
  static let card = 400e9

  var topology = Topology()
  var fabrics: [Fabric] = []
  var exits: [NodeID] = []
  var jobs: [TrainingJob] = []
  var span: SpanningJob
  var classes = [TrafficClass.standard]
  var loss = LossModel()
  var changes: [LinkChange] = []
  var traffic: [TrafficSource] = []
  var routes: [Route] = []
  var duration: SimDuration?
  var oneSite: [OneSiteJob] = []

  /// Sites in a row or, where there are more than two, in a ring.
  init(
    hosts: [Int], capacity: Double = 100e9, delay_ns: Int64 = 5_000_000, loss: Double = 0,
    buffer: Double = 2e6
  ) throws {
    for (site, count) in hosts.enumerated() {
      fabrics.append(
        try Fabric(
          FabricDesign(
            name: "f\(site)", hosts: count, gpusPerHost: 1, nicsPerHost: 1,
            nicRate: BitsPerSecond(Self.card), nicsPerLeaf: count, uplinksPerLeaf: 1),
          in: &topology))
      exits.append(topology.addNode("f\(site)/exit"))
    }
    var port = Port.shallowBuffer
    port.loss = loss
    port.buffer = Bytes(buffer)
    for site in hosts.indices.dropLast(hosts.count == 2 ? 1 : 0) {
      topology.addLink(
        Link(
          name: "long\(site)",
          ends: .init(source: exits[site], target: exits[(site + 1) % hosts.count]),
          capacity: BitsPerSecond(capacity), delay: SimDuration(nanoseconds: delay_ns), port: port),
        isTwoWay: true)
    }
    span = SpanningJob(name: "span", members: [], exchange: .ring(bytes: 0, latencies: 0), hops: [])
  }

  func link(_ name: String) -> LinkID {
    LinkID(index: topology.links.firstIndex { $0.name == name } ?? -1)
  }

  /// Gradients of `bytes` reduced inside sites, if wanted, between them, and gathered inside.
  mutating func reduce(
    _ bytes: Double, iterations: Int = 1, compute_ns: [Int64], overlap: Double = 0,
    isInside: Bool = true
  ) {
    for (site, fabric) in fabrics.enumerated() {
      let ranks = fabric.design.hosts
      let isAlone = !isInside
      func exchange(_ purpose: JobExchange.Purpose, _ kind: Collective.Kind) -> JobExchange {
        JobExchange(purpose, Collective(kind, ranks: ranks, bytes: bytes))
      }
      var job = TrainingJob(
        name: "span", fabric: site, gpus: ranks, iterations: iterations,
        compute: SimDuration(nanoseconds: compute_ns[site]), overlap: overlap,
        gradients: isAlone
          ? [] : [exchange(.gradients, .reduceScatter), exchange(.parameters, .allGather)])
      job.membership = .init(span: 0, meeting: .gradients(behind: isAlone ? 0 : 1))
      jobs.append(job)
    }
    let exchange = SpanningJob.ringAllReduce(of: bytes, over: fabrics.count)
    join(exchange, SpanningJob.ring(of: fabrics.count))
  }

  mutating func pipe(_ pipeline: PipelinedSites, iterations: Int = 1) {
    for (site, fabric) in fabrics.enumerated() {
      var job = TrainingJob(
        name: "span", fabric: site, gpus: fabric.design.hosts, iterations: iterations,
        compute: pipeline.compute ?? .zero)
      job.membership = .init(span: 0, meeting: .pipeline)
      jobs.append(job)
    }
    join(.pipeline(pipeline), SpanningJob.line(of: fabrics.count))
  }

  private mutating func join(
    _ exchange: SpanningJob.Exchange, _ pairs: [(source: Int, target: Int)]
  ) {
    var resolver = PathResolver(topology)
    span.members = Array(jobs.indices)
    span.exchange = exchange
    span.hops = pairs.compactMap { source, target in
      resolver.route(from: exits[source], to: exits[target]).map { route in
        let cards = min(fabrics[source].design.hosts, fabrics[target].design.hosts)
        return SpanningJob.Hop(
          source: source, target: target, route: route, connections: cards,
          cards: BitsPerSecond(Double(cards) * Self.card))
      }
    }
  }

  var model: Model {
    var span = span
    span.oneSite = oneSite
    return Model(
      name: "span", duration: duration, topology: topology, classes: classes, routes: routes,
      traffic: traffic, loss: loss, changes: changes,
      training: TrainingModel(
        fabrics: fabrics.map { BalancedFabric($0, .ecmp(queuePairs: 1)) }, jobs: jobs,
        spans: [span]),
      outputs: Outputs(kinds: []))
  }

  func run() throws -> RunOutcome {
    let run = try Run(model)
    while try run.advance(instants: 1024) {}
    return try run.finish()
  }

  func outcome() throws -> JobOutcome { try run().jobs[0] }
}
