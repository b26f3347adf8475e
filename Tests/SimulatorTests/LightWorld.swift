// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Light
import NetworkModel
import Simulator
import Statistics
import TestSupport
import Traffic

/// A small random network of light with links, requests, failures and flows; the seed chooses.
///
/// What is timed is over by `busyTime`, so that everything has been given back at the horizon.
struct LightWorld {
  private(set) var sketch = LightSketch()
  private var random: RandomStream
  private var sites: [String] = []

  /// What a lightpath carries, and how it may be made.
  enum Kind: Int {
    case fixed, flexible, litChannels, regenerated
  }

  let kind: Kind
  let hasRings: Bool

  static let second: Int64 = 1_000_000_000
  static let busyTime = 6 * second
  static let horizon = 14 * second

  init(seed: Int) {
    random = RandomStream(seed: UInt64(seed), name: "light world")
    kind = Kind(rawValue: seed % 4) ?? .fixed
    hasRings = kind != .litChannels && seed % 3 == 0
    sketch.seed = UInt64(seed)
    sketch.duration = SimDuration(nanoseconds: Self.horizon)
    sketch.outputs = Outputs(kinds: [.flows, .lightpaths, .requests, .services, .events])
    addFibres()
    chooseRating()
    chooseWays()
    for index in 0..<Int.random(in: 0...4, using: &random) { addLink(index) }
    addRequests()
    addFaults()
    if !sketch.light.links.isEmpty { addFlows() }
  }

  private mutating func chance(_ part: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < part
  }

  /// Zero in half of all cases.
  private mutating func duration(upTo seconds: Double) -> SimDuration {
    guard chance(0.5) else { return .zero }
    return SimDuration(seconds: Double.random(in: 0.001...seconds, using: &random)) ?? .zero
  }

  private mutating func time() -> Int64 {
    Int64.random(in: 0..<Self.busyTime - Self.second, using: &random)
  }

  // MARK: - The network

  /// A ring, with chords and parallel fibres, and now and then a site that hangs on one fibre.
  private mutating func addFibres() {
    let count = Int.random(in: 3...6, using: &random)
    sites = (0..<count).map { "n\($0)" }
    for index in 0..<count {
      sketch.fibre("r\(index)", sites[index], sites[(index + 1) % count], km: length())
    }
    let ring = (0..<count).map { FibreID(index: $0) }
    sketch.light.plant.add(FibreRing(name: "ring", fibres: ring))
    for index in 0..<Int.random(in: 0...3, using: &random) {
      let ends = pair()
      sketch.fibre("c\(index)", ends.0, ends.1, km: length())
    }
    guard chance(0.3) else { return }
    sketch.fibre("spur", sites[0], "end", km: length())
    sites.append("end")
  }

  private mutating func length() -> Double { Double.random(in: 50...400, using: &random) }

  private mutating func pair() -> (String, String) {
    let first = Int.random(in: 0..<sites.count, using: &random)
    let hop = Int.random(in: 1..<sites.count, using: &random)
    return (sites[first], sites[(first + hop) % sites.count])
  }

  /// Some nodes with none, or with a few regenerators.
  private mutating func addStock() {
    guard chance(0.8) else { return }
    let places = Set(sketch.light.plant.fibres.flatMap { [$0.first, $0.second] })
    let some = places.sorted { $0.index < $1.index }.filter { _ in chance(0.7) }
    sketch.light.regenerationSites = Set(some)
    for site in some { sketch.light.regeneratorStock[site] = Int.random(in: 1...3, using: &random) }
  }

  private mutating func chooseRating() {
    func step(_ upTo: Double, _ carries: ReachStep.Carries) -> ReachStep {
      ReachStep(upTo: Kilometres(upTo), carries: carries)
    }
    let channels = Int.random(in: 4...14, using: &random)
    let grid = (try? FixedGrid(first_THz: 193.1, spacing_GHz: 75, count: channels))
    if let grid { sketch.light.grid = .fixed(grid) }
    let (fast, slow) = (BitsPerSecond(400e9), BitsPerSecond(100e9))
    switch kind {
    case .fixed:
      sketch.light.rating = .byLength([step(500, .rate(fast)), step(.infinity, .rate(slow))])
    case .flexible:
      let grid = try? FlexibleGrid(first_THz: 193.1, slots: 8 * channels, guardSlots: 1)
      if let grid { sketch.light.grid = .flexible(grid) }
      sketch.light.rating = .byLength([
        step(600, .efficiency(4)), step(.infinity, .efficiency(1.5)),
      ])
    case .litChannels:
      let table = TransmissionTable(
        Transmission(grid: sketch.light.grid), modes: TransceiverMode.builtIn(),
        plant: sketch.light.plant)
      sketch.light.rating = .byQuality(table, margin_dB: 3)
      sketch.light.interference = .litChannels
    case .regenerated:
      sketch.light.rating = .byLength([step(450, .rate(fast))])
      sketch.light.allowsRegeneration = true
      sketch.light.allowsConversion = chance(0.5)
      if !sketch.light.allowsConversion { addStock() }
    }
  }

  private mutating func chooseWays() {
    sketch.light.assignment =
      ChannelAssignment.allCases.randomElement(using: &random) ?? .firstFit
    if kind != .litChannels, chance(0.3) { sketch.light.search = .channelFirst }
    sketch.light.paths.count = Int.random(in: 1...5, using: &random)
    sketch.light.setup = duration(upTo: 0.2)
    sketch.light.teardown = duration(upTo: 0.1)
    sketch.light.idle = duration(upTo: 0.5)
    sketch.light.allowsGrooming = chance(0.7)
    sketch.light.switching.restoration = SimDuration(nanoseconds: Self.second / 5)
  }

  private mutating func protection() -> Protection {
    let all = Protection.allCases.filter { hasRings || $0 != .ring }
    return all.randomElement(using: &random) ?? .none
  }

  // MARK: - Who lights it

  private mutating func addLink(_ index: Int) {
    let ends = pair()
    let channels = Int.random(in: 0...2, using: &random)
    let kept = protection()
    let rule = AutomaticRule(
      above: 0.7, below: 0.3, most: Int.random(in: 2...4, using: &random),
      least: Int.random(in: 0...channels, using: &random),
      every: SimDuration(nanoseconds: Self.second / 20))
    let isJoined = sketch.light.links.contains {
      Set([sketch.topology[$0.ends.source], sketch.topology[$0.ends.target]])
        == Set([ends.0, ends.1])
    }
    sketch.link(
      "l\(index)", ends.0, ends.1, channels: channels, rate: kind == .flexible ? 100e9 : 0,
      protection: kept, ring: kept == .ring ? 0 : nil, automatic: chance(0.5) ? rule : nil,
      isOnDemand: !isJoined && chance(0.5))
  }

  private mutating func addRequests() {
    var pairs: [RequestGenerator.WeightedPair] = []
    for (index, first) in sites.enumerated() {
      for second in sites[(index + 1)...] {
        pairs.append(
          .init(source: sketch.node(first), target: sketch.node(second), weight: 1))
      }
    }
    for index in 0..<Int.random(in: 1...2, using: &random) {
      sketch.light.requests.append(
        .generated(
          RequestGenerator(
            name: "g\(index)", perSecond: Double.random(in: 5...40, using: &random),
            holding: .exponential(mean: 0.3), longestHolding_s: 1,
            rates: .empirical(values: [10e9, 100e9, 250e9, 900e9], weights: [4, 4, 2, 1]),
            pairs: pairs, protection: protection(),
            stop: SimTime(nanoseconds: Self.busyTime - Self.second))))
    }
    for index in 0..<4 {
      let ends = pair()
      sketch.request(
        "q\(index)", at: time(), ends.0, ends.1, rate: 50e9,
        hold: Int64.random(in: 1...Self.second, using: &random), protection: protection())
    }
  }

  // MARK: - What fails, and what flows

  private mutating func addFaults() {
    func both(_ fault: FibreFault.Kind, _ repair: FibreFault.Kind, at start: Int64, _ end: Int64) {
      sketch.fault(fault, at: start)
      sketch.fault(repair, at: end)
    }
    for number in 0..<Int.random(in: 0...6, using: &random) {
      let fibre = FibreID(
        index: Int.random(in: 0..<sketch.light.plant.fibres.count, using: &random))
      let start = time()
      let end = start + Int64.random(in: 1...Self.second, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: both(.amplifierFails(fibre), .amplifierRepaired(fibre), at: start, end)
      case 1 where !sketch.light.links.isEmpty:
        let link = Int.random(in: 0..<sketch.light.links.count, using: &random)
        both(
          .transponderFails(link: link, fault: number),
          .transponderRepaired(link: link, fault: number), at: start, end)
      default: both(.cut(fibre), .mend(fibre), at: start, end)
      }
    }
    if chance(0.5) {
      sketch.light.failures.cutsOf1000Km = .init(meanGap_s: 2, meanRepair_s: 0.3)
    }
    if chance(0.3) { sketch.light.failures.amplifiers = .init(meanGap_s: 9, meanRepair_s: 0.2) }
    if chance(0.3) { sketch.light.failures.transponders = .init(meanGap_s: 2, meanRepair_s: 0.1) }
  }

  private mutating func addFlows() {
    sketch.classes = FailureResponse.allCases.map { response in
      TrafficClass(
        name: response.rawValue, onFailure: response,
        patience: SimDuration(nanoseconds: Int64.random(in: 0...150_000_000, using: &random)))
    }
    // Without flows that move, what links carried can be told from the flows.
    let kinds =
      chance(0.5)
      ? sketch.classes.indices.filter {
        sketch.classes[$0].onFailure != .move
      } : Array(sketch.classes.indices)
    for index in 0..<40 {
      sketch.flow(
        "f\(index)", at: time(),
        bytes: Double.random(in: 1e8...2e10, using: &random).rounded(),
        over: [Int.random(in: 0..<sketch.light.links.count, using: &random)],
        class: kinds.randomElement(using: &random) ?? 0)
    }
  }
}
