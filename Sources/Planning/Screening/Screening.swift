// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
package import Simulator
internal import Traffic

/// A scenario made ready to be looked at hour by hour, without being simulated.
///
/// Traffic takes the routes that it would take in a run. What links are asked for is summed, beside
/// what they carry; what is more than that is lost or held back (`Squeeze`). A failure changes the
/// light under links, and moves what was on those that are dark.
package struct Screening: Sendable {
  let model: Model
  package let hours: ScreenedHours
  let light: ScreenedLight
  let capacity: ScreenedCapacity
  package let traffic: ScreenedTraffic
  /// What all fixed traffic asks of links; hours of a link together.
  private let homeLoads: [Double]
  /// Where tokens go as long as nothing is out of order.
  private let homeTokens: ScreenedTokens
  /// By hour, what is offered in each class.
  package let offered: [[Double]]
  /// The state in which nothing is out of order.
  package private(set) var base: ScreenedState

  package init(_ model: Model) { self.init(model, wanted: ScreenedLight.Wanted()) }

  /// `wanted` is what links made of light are to carry, as far as there is light for it.
  init(_ model: Model, wanted: ScreenedLight.Wanted) {
    self.init(model, ScreenedHours(of: model), wanted)
  }

  private init(
    _ model: Model, _ hours: ScreenedHours, _ wanted: ScreenedLight.Wanted = .init()
  ) {
    self.model = model
    self.hours = hours
    light = ScreenedLight(model, wanted: wanted)
    capacity = ScreenedCapacity(model)
    traffic = ScreenedTraffic(model, hours)
    var loads = [Double](repeating: 0, count: model.topology.links.count * hours.count)
    for stream in traffic.streams { loads.add(stream.rates, over: stream.links) }
    homeLoads = loads
    let dark = [Bool](repeating: false, count: model.topology.links.count)
    var allUp = DownLinks(model, isDown: dark)
    var tokens = ScreenedTokens(hours: hours.count)
    for traffic in model.tokens {
      TokenScreening(traffic: traffic, model: model, hours: hours).place(into: &tokens, &allUp)
    }
    homeTokens = tokens
    offered = Self.sums(
      traffic.streams + tokens.streams, classes: model.classes.count, hours: hours.count)
    base = .nothing(hours)
    base = state(under: .none)
  }

  private static func sums(
    _ streams: [ScreenedStream], classes: Int, hours: Int
  ) -> [[Double]] {
    var sums = Array(repeating: [Double](repeating: 0, count: classes), count: hours)
    for stream in streams {
      for hour in 0..<hours { sums[hour][stream.trafficClass] += stream.rates[hour] }
    }
    return sums
  }

  /// The same scenario, looked at in some of its hours.
  package func only(hours kept: [Int]) -> Screening { Screening(model, hours.only(kept)) }

  package func state(
    under failure: Failure, _ limits: ScreenedCapacity.Limits = .init()
  ) -> ScreenedState {
    let standing = light.standing(without: failure.fibres, most: limits.most)
    let isDown = downLinks(failure, standing)
    var down = DownLinks(model, isDown: isDown)
    let move = move(around: &down)
    let tokens = tokens(around: &down)
    var loads = move.loads
    for stream in tokens.streams { loads.add(stream.rates, over: stream.links) }
    let channels = capacity.channels(
      for: loads, standing.sums, hours: hours.count, limits)
    let capacities = capacity.capacities(
      channels, standing.sums, down: isDown, hours: hours.count, limits)
    let lasting = shortfalls(loads, capacities, move, tokens.streams, down)
    let before = base.channels.isEmpty ? channels : base.channels
    let first = capacity.capacities(
      before, standing.sums, down: isDown, hours: hours.count, limits)
    return ScreenedState(
      hours: hours, loads: loads, capacities: capacities, channels: channels, shortfalls: lasting,
      firstShortfalls: first == capacities
        ? lasting : shortfalls(loads, first, move, tokens.streams, down),
      tokensAsked: tokens.asked, tokensRefused: tokens.refused, tokenUses: tokens.uses,
      isDown: isDown, cutPairs: pairs(of: move, tokens), lightpathsLost: standing.lost,
      lightpathsSwitched: standing.switched)
  }

  func downLinks(_ failure: Failure, _ standing: ScreenedLight.Standing) -> [Bool] {
    let failed = Set(failure.links.map { Int($0.index) })
    return model.topology.links.indices.map {
      failed.contains($0) || capacity.isDark($0, standing.sums)
    }
  }

  // MARK: - Moving

  /// What becomes of fixed traffic.
  struct Move {
    var loads: [Double]
    /// By position of the stream: its detour.
    var detours: [Int: [Int32]] = [:]
    var stranded: [Int] = []
  }

  func move(around down: inout DownLinks) -> Move {
    var move = Move(loads: homeLoads)
    guard !down.areAllUp else { return move }
    for (index, stream) in traffic.streams.enumerated() where !down.areUp(stream.links) {
      move.loads.remove(stream.rates, over: stream.links)
      let detour = down.links(
        of: stream.links, from: stream.source, to: stream.target,
        trafficClass: stream.trafficClass)
      if let detour {
        move.loads.add(stream.rates, over: detour)
        move.detours[index] = detour
      } else {
        move.stranded.append(index)
        // A demand is sent all the same, and lost where its way ends.
        if stream.kind == .demand {
          move.loads.add(stream.rates, over: down.linksThatAreUp(of: stream.links))
        }
      }
    }
    for place in move.loads.indices where move.loads[place] < 1e-6 * homeLoads[place] {
      // What rounding leaves of a link that everything has left.
      move.loads[place] = 0
    }
    return move
  }

  func tokens(around down: inout DownLinks) -> ScreenedTokens {
    let all = model.tokens.map { TokenScreening(traffic: $0, model: model, hours: hours) }
    guard !down.areAllUp, !all.allSatisfy({ $0.isUntouched(by: down) }) else { return homeTokens }
    var tokens = ScreenedTokens(hours: hours.count)
    for traffic in all { traffic.place(into: &tokens, &down) }
    return tokens
  }

  private func pairs(of move: Move, _ tokens: ScreenedTokens) -> [ScreenedState.Pair] {
    var seen: Set<ScreenedState.Pair> = []
    let pairs = move.stranded.compactMap { index -> ScreenedState.Pair? in
      let stream = traffic.streams[index]
      guard let source = stream.source, let target = stream.target else { return nil }
      return .init(source: model.topology[source], target: model.topology[target])
    }
    let cutOff = tokens.cutOff.map { ScreenedState.Pair(source: $0, target: "all sites") }
    return (pairs + cutOff).filter { seen.insert($0).inserted }
  }

  // MARK: - What is not carried

  private func shortfalls(
    _ loads: [Double], _ capacities: [Double], _ move: Move, _ tokens: [ScreenedStream],
    _ down: DownLinks
  ) -> [ScreenedState.Shortfall] {
    (0..<hours.count).map { hour in
      let full = capacity.linkCount.places { link in
        let place = link * hours.count + hour
        return loads[place] > capacities[place] * (1 + 1e-9)
          ? (link, capacities[place]) : nil
      }
      var squeeze = Squeeze(full: full, links: capacity.linkCount)
      if !squeeze.isEmpty { fill(&squeeze, hour, move, tokens, down) }
      let loss = squeeze.loss(classes: model.classes.count)
      var stranded = [Double](repeating: 0, count: model.classes.count)
      for index in move.stranded {
        stranded[traffic.streams[index].trafficClass] += traffic.streams[index].rates[hour]
      }
      return .init(lost: loss.demands, held: loss.flows, stranded: stranded)
    }
  }

  private func fill(
    _ squeeze: inout Squeeze, _ hour: Int, _ move: Move, _ tokens: [ScreenedStream],
    _ down: DownLinks
  ) {
    let stranded = Set(move.stranded)
    for (index, stream) in traffic.streams.enumerated() {
      let isStranded = stranded.contains(index)
      guard !isStranded || stream.kind == .demand else { continue }
      let links =
        isStranded
        ? down.linksThatAreUp(of: stream.links) : move.detours[index] ?? stream.links
      squeeze.add(
        links, rate: stream.rates[hour], isDemand: stream.kind == .demand,
        trafficClass: stream.trafficClass, isLostBehind: isStranded)
    }
    for stream in tokens {
      squeeze.add(
        stream.links, rate: stream.rates[hour], isDemand: true, trafficClass: stream.trafficClass)
    }
  }
}

extension ScreenedState {
  /// Before anything was looked at.
  fileprivate static func nothing(_ hours: ScreenedHours) -> ScreenedState {
    ScreenedState(
      hours: hours, loads: [], capacities: [], channels: [], shortfalls: [], firstShortfalls: [],
      tokensAsked: [], tokensRefused: [], tokenUses: [], isDown: [], cutPairs: [],
      lightpathsLost: 0, lightpathsSwitched: 0)
  }
}

extension Int {
  /// What is found for the numbers below it.
  fileprivate func places(
    _ find: (Int) -> (link: Int, capacity: Double)?
  ) -> [(link: Int, capacity: Double)] {
    (0..<self).compactMap(find)
  }
}

extension [Double] {
  /// Adds a rate for each hour to some links; hours of a link stand together.
  fileprivate mutating func add(_ rates: [Double], over links: [Int32]) {
    for link in links {
      let start = Int(link) * rates.count
      for hour in rates.indices { self[start + hour] += rates[hour] }
    }
  }

  fileprivate mutating func remove(_ rates: [Double], over links: [Int32]) {
    for link in links {
      let start = Int(link) * rates.count
      for hour in rates.indices { self[start + hour] -= rates[hour] }
    }
  }
}
