// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FlowMath

/// What a random run of flows over a small network may hold.
struct FlowsShape {
  var links = 6
  var classes = 14
  /// The most that happens in one instant.
  var most = 3
  var hasCeilings = false
  /// Whether there are as many ceilings as classes that have one.
  var hasManyCeilings = false
  /// Floors of a few ratios to weights; some classes have theirs for a ceiling too.
  var hasFloors = false
  /// Weights, floors, ceilings and yields of classes change.
  var changesTerms = false
  var hasWeights = false
  /// Whole capacities make many levels tie, and weights whose sums round.
  var hasTies = false
  /// Links fail and come back.
  var hasFailures = false
  var layers = 1
  /// Flows take seconds and not nanoseconds: the clocks of groups are set back on the way.
  var isLong = false
  /// Paths are stretches of a line of links, some of which are wide enough to be left out.
  var isLine = false
}

/// One thing that happens to a system of flows.
enum FlowAction {
  case start(flowClass: Int, bits: Double)
  case withdraw(flowClass: Int)
  case setCapacity(link: Int, Double)
  case setTerms(flowClass: Int, FlowTerms, yield: Double, asFlowsEnd: Bool = false)
  case addClass(path: [Int], FlowTerms)
  case addLink(capacity: Double)
  case measure
  case flush
}

/// Draws a network, and then what happens to it.
struct RandomFlows {
  let shape: FlowsShape
  var random: TestRandom
  var capacities: [Double] = []
  /// What the reference solver reads.
  var demands: [ReferenceSharing.Demand] = []
  /// By class, the part of what it sends that is of use.
  var yields: [Double] = []

  init(shape: FlowsShape, seed: UInt64) {
    self.shape = shape
    random = TestRandom(state: seed)
  }

  /// The links and the classes that are there from the start.
  mutating func first() -> [FlowAction] {
    let links = (0..<shape.links).map { _ in addLink() }
    return links + (0..<shape.classes).map { _ in addClass() }
  }

  mutating func next() -> FlowAction {
    switch Int.random(in: 0..<40, using: &random) {
    case 0: return addClass()
    case 1: return shape.isLine ? .measure : addLink()
    case 2: return Bool.random(using: &random) ? .measure : .flush
    case 3: return .withdraw(flowClass: Int.random(in: 0..<demands.count, using: &random))
    case 8..<11 where shape.changesTerms: return newTerms() ?? .flush
    case 4..<8:
      let link = Int.random(in: 0..<capacities.count, using: &random)
      capacities[link] = capacity(of: link)
      return .setCapacity(link: link, capacities[link])
    default:
      // Mice and elephants, and no two that are done at quite the same time.
      let bits = 10 * Double.random(in: 2...14, using: &random).squared * (shape.isLong ? 1e8 : 1)
      return .start(flowClass: Int.random(in: 0..<demands.count, using: &random), bits: bits)
    }
  }

  /// Other terms for a class that may have such; nil where another was drawn.
  mutating func newTerms(asFlowsEnd: Bool = false) -> FlowAction? {
    let index = Int.random(in: 0..<demands.count, using: &random)
    guard demands[index].terms.ceiling < .infinity else { return nil }
    let layer = demands[index].terms.layer
    demands[index].terms = terms()
    demands[index].terms.layer = layer
    demands[index].terms.ceiling = min(demands[index].terms.ceiling, 1e14)
    yields[index] = Bool.random(using: &random) ? 1 : Double.random(in: 0.2...1, using: &random)
    return .setTerms(
      flowClass: index, demands[index].terms, yield: yields[index], asFlowsEnd: asFlowsEnd)
  }

  private mutating func capacity(of link: Int) -> Double {
    if shape.hasFailures, Int.random(in: 0..<4, using: &random) == 0 { return 0 }
    let width = shape.isLine && link % 2 == 0 ? 8.0 : 1
    return width
      * (shape.hasTies
        ? Double(Int.random(in: 1...3, using: &random)) * 12e9
        : Double.random(in: 1e9...4e10, using: &random))
  }

  private mutating func addLink() -> FlowAction {
    capacities.append(capacity(of: capacities.count))
    return .addLink(capacity: capacities[capacities.count - 1])
  }

  private mutating func addClass() -> FlowAction {
    let length = Int.random(in: 1...min(4, capacities.count), using: &random)
    let first = Int.random(in: 0...capacities.count - length, using: &random)
    let path =
      shape.isLine
      ? Array(first..<first + length)
      : Array(capacities.indices.shuffled(using: &random).prefix(length))
    let terms = terms()
    demands.append(.init(path: path, flows: 0, terms: terms))
    yields.append(1)
    return .addClass(path: path, terms)
  }

  private mutating func terms() -> FlowTerms {
    var terms = FlowTerms(layer: Int.random(in: 0..<shape.layers, using: &random))
    if shape.hasFloors {
      terms.weight = Double(Int.random(in: 1...2, using: &random))
    } else if shape.hasWeights {
      terms.weight =
        shape.hasTies
        ? Double(Int.random(in: 1...9, using: &random)) * 0.1
        : Double.random(in: 0.1...10, using: &random)
    }
    if shape.hasFloors, Bool.random(using: &random) {
      terms.floor = [1e8, 1e9, 6e9].randomElement(using: &random) ?? 1e9
    }
    if shape.hasCeilings, Bool.random(using: &random) {
      terms.ceiling =
        shape.hasManyCeilings
        ? Double.random(in: 1e8...3e10, using: &random)
        : [1e9, 2e9, 4e9, 3e10].randomElement(using: &random) ?? 1e9
      if shape.hasFloors, Bool.random(using: &random) { terms.floor = terms.ceiling }
      terms.ceiling = max(terms.floor, terms.ceiling)
    }
    return terms
  }
}

extension Double {
  fileprivate var squared: Double { self * self }
}

/// Flows served bit by bit at the rates of the reference solver.
struct ReferenceFlows {
  struct Flow {
    var slot: Int
    var flowClass: Int
    var bitsLeft: Double
  }

  var flows: [Flow] = []
  var now = 0.0
  var rates: [Double] = []

  mutating func advance(to instant: Double, _ yields: [Double]) {
    for index in flows.indices {
      let rate = rates[flows[index].flowClass] * yields[flows[index].flowClass] * 1e-9
      flows[index].bitsLeft -= rate * (instant - now)
    }
    now = instant
  }
}

extension FluidSystem {
  mutating func take(_ action: FlowAction, at now: Int64) -> Int? {
    switch action {
    case .start(let flowClass, let bits):
      return start(flowClass: flowClass, bits: bits, at: now)
    case .withdraw(let flowClass): return withdraw(flowClass: flowClass, at: now).count
    case .setCapacity(let link, let capacity): setCapacity(of: link, to: capacity, at: now)
    case .setTerms(let index, let terms, let yield, let asFlowsEnd):
      setTerms(
        ofClass: index, weight: terms.weight, floor: terms.floor, ceiling: terms.ceiling,
        yield: yield, at: now, asFlowsEnd: asFlowsEnd)
    case .addClass(let path, let terms): return addClass(path: path, terms: terms)
    case .addLink(let capacity): return addLink(capacity: capacity)
    case .measure: measureLinks(at: now)
    case .flush: flush(to: now)
    }
    return nil
  }
}
