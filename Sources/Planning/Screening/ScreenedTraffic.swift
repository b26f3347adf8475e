// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
package import Simulator
internal import Statistics
internal import Traffic

/// What a scenario offers to its network hour by hour, without being simulated.
///
/// Random flows count as their mean rate. Where tokens go is asked for apart, since it depends on
/// the links that are left.
package struct ScreenedTraffic: Sendable {
  package let streams: [ScreenedStream]
  /// What is left out, in words.
  package let leftOut: [String]

  package init(_ model: Model, _ hours: ScreenedHours) {
    var reader = TrafficReader(model, hours)
    reader.read()
    streams = reader.book.streams
    leftOut = reader.leftOut
  }
}

/// Turns the sources of a model into streams.
private struct TrafficReader {
  let model: Model
  let hours: ScreenedHours
  var book = StreamBook()
  var leftOut: [String] = []
  private var resolver: PathResolver

  init(_ model: Model, _ hours: ScreenedHours) {
    self.model = model
    self.hours = hours
    resolver = PathResolver(model.topology)
  }

  mutating func read() {
    for demand in model.demands {
      let rates = hours.instants.map { demand.rate(at: $0).value }
      book.add(
        model.routes[demand.route], trafficClass: demand.trafficClass, kind: .demand, rates: rates)
    }
    for source in model.traffic + model.transfers.asFlows { add(source) }
    for entry in model.elastic.entries {
      add(entry.generator, trafficClass: entry.tiers.first?.trafficClass)
    }
    leftOut = omissions
  }

  private mutating func add(_ source: TrafficSource) {
    switch source {
    case .listed(let flows): for flow in flows { add(flow) }
    case .generated(let generator): add(generator)
    case .trace, .roundTrips: break
    }
  }

  /// A flow that is written down counts as a rate over the hour that it starts in.
  private mutating func add(_ flow: ListedFlow) {
    var begin = 0.0
    var rates = [Double](repeating: 0, count: hours.count)
    for hour in 0..<hours.count {
      let half = hours.seconds[hour] / 2
      begin = hours.instants[hour].seconds - half
      guard flow.start.seconds >= begin, flow.start.seconds < begin + 2 * half else { continue }
      rates[hour] = 8 * flow.bytes.value / hours.seconds[hour]
    }
    book.add(
      model.routes[flow.route], trafficClass: flow.trafficClass, kind: .flows, rates: rates)
  }

  private mutating func add(_ generator: Generator, trafficClass: Int? = nil) {
    let mean = 8 * generator.sizes.mean / generator.arrivals.gaps.mean
    let stop = end(of: generator)
    let rates = hours.instants.map { now in
      now >= generator.start && now < stop ? mean * generator.curve.factor(at: now) : 0
    }
    add(generator.routes, rates, trafficClass ?? generator.trafficClass)
    if let ends = generator.ends { add(ends, rates, trafficClass ?? generator.trafficClass) }
    guard let answers = generator.answers else { return }
    let factor =
      switch answers.sizes {
      case .drawn(let sizes): sizes.mean / generator.sizes.mean
      case .inProportion(let factor): factor
      }
    let back = zip(answers.routes, generator.routes).map {
      Generator.WeightedRoute(route: $0, weight: $1.weight)
    }
    add(back, rates.map { $0 * factor }, trafficClass ?? generator.trafficClass)
  }

  /// When it stops by itself, or has drawn all of its flows.
  private func end(of generator: Generator) -> SimTime {
    guard let count = generator.count else { return generator.stop }
    let seconds = Double(count) * generator.arrivals.gaps.mean
    guard seconds < 1e9 else { return generator.stop }
    return min(generator.stop, generator.start + SimDuration(nanoseconds: Int64(seconds * 1e9)))
  }

  private mutating func add(
    _ routes: [Generator.WeightedRoute], _ rates: [Double], _ trafficClass: Int
  ) {
    let all = routes.reduce(0) { $0 + $1.weight }
    for way in routes {
      book.add(
        model.routes[way.route], trafficClass: trafficClass, kind: .flows,
        rates: rates.map { $0 * way.weight / all })
    }
  }

  /// Sums are made over all pairs, so that here each of them has its route after all.
  private mutating func add(_ ends: DrawnEnds, _ rates: [Double], _ trafficClass: Int) {
    let all = ends.totalWeight
    ends.forEachPair { source, target, weight in
      guard let route = resolver.route(from: source, to: target) else { return }
      book.add(
        route, trafficClass: trafficClass, kind: .flows, rates: rates.map { $0 * weight / all })
    }
  }

  private var omissions: [String] {
    let hasTraces = model.traffic.contains {
      switch $0 {
      case .trace, .roundTrips: true
      case .listed, .generated: false
      }
    }
    let isTraining = !model.training.jobs.isEmpty || !model.training.spans.isEmpty
    return [
      hasTraces ? "traces" : nil, isTraining ? "training" : nil,
      model.computing.movesData ? "what jobs move" : nil,
      model.serving.isEmpty ? nil : "requests to inference services",
      model.light.requests.isEmpty ? nil : "requests for lightpaths",
    ].compactMap(\.self)
  }
}
