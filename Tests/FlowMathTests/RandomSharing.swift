// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FlowMath

/// A small generator of test cases: SplitMix64 (Steele, Lea and Flood, 2014).
struct TestRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// What a random network of a test may hold.
struct SharingShape {
  var links = 12
  var classes = 25
  var layers = 1
  var hasFloors = false
  var hasCeilings = false
  var hasWeights = false
  /// Integer capacities and equal weights make many levels tie.
  var hasTies = false
  var hasDeadLinks = false
  /// Weights and ceilings change as time goes on; all classes then have a ceiling.
  var changesTerms = false
  /// Every so many classes one is no other than granted, at times all that its links have left.
  var otherThanGranted: Int?
  /// Paths are stretches of one line, in which every other link is wide enough for its neighbours.
  var isLine = false
}

/// A network with its classes, and a mirror of it that the reference solver reads.
struct RandomSharing: ~Copyable {
  var sharing: Sharing
  var capacities: [Double] = []
  var demands: [ReferenceSharing.Demand] = []
  let shape: SharingShape
  var random: TestRandom

  init(shape: SharingShape, seed: UInt64) {
    self.shape = shape
    random = TestRandom(state: seed)
    sharing = Sharing(layers: shape.layers)
    for link in 0..<shape.links {
      let capacity = randomCapacity() * (shape.isLine && link % 2 == 0 ? 8 : 1)
      capacities.append(capacity)
      _ = sharing.addLink(capacity: capacity)
    }
    for _ in 0..<shape.classes { addClass() }
  }

  /// The number of links that the solver leaves out.
  var coveredLinks: Int { sharing.covered.count }

  mutating func randomCapacity() -> Double {
    if shape.hasDeadLinks, Int.random(in: 0..<6, using: &random) == 0 { return 0 }
    return shape.hasTies
      ? Double(Int.random(in: 1...4, using: &random)) * 12e9
      : Double.random(in: 1e8...1e11, using: &random)
  }

  mutating func addClass() {
    let length = Int.random(in: 1...min(5, shape.links), using: &random)
    let first = shape.isLine ? Int.random(in: 0...shape.links - length, using: &random) : 0
    let path =
      shape.isLine
      ? Array(first..<first + length)
      : Array((0..<shape.links).shuffled(using: &random).prefix(length))
    var terms = FlowTerms(layer: Int.random(in: 0..<shape.layers, using: &random))
    if shape.hasWeights {
      // With ties, weights whose sums round: links are then full but for rounding.
      terms.weight =
        shape.hasTies
        ? Double(Int.random(in: 1...9, using: &random)) * 0.1
        : Double.random(in: 0.1...10, using: &random)
    }
    if shape.hasFloors, Bool.random(using: &random) {
      terms.floor = Double.random(in: 0...2e9, using: &random)
    }
    if shape.hasCeilings, Bool.random(using: &random) {
      let ceilings = [2e9, 5e9, Double.random(in: 2e9...2e10, using: &random)]
      terms.ceiling = ceilings.randomElement(using: &random) ?? 2e9
    }
    if shape.changesTerms, terms.ceiling == .infinity { terms.ceiling = 1e18 }
    if isGranted(demands.count) { (terms.floor, terms.ceiling) = (0, 0) }
    _ = sharing.addClass(path: path, terms: terms)
    demands.append(.init(path: path, flows: 0, terms: terms))
  }

  /// Starts or ends some flows, or changes a capacity.
  mutating func disturb() {
    let most = Int.random(in: 0..<8, using: &random) == 0 ? 30 : 3
    for _ in 0..<Int.random(in: 1...most, using: &random) {
      if shape.isLine, Int.random(in: 0..<20, using: &random) == 0 { addClass() }
      if Int.random(in: 0..<12, using: &random) == 0 {
        let link = Int.random(in: 0..<shape.links, using: &random)
        capacities[link] = randomCapacity() * (shape.isLine && link % 2 == 0 ? 8 : 1)
        sharing.setCapacity(of: link, to: capacities[link])
        continue
      }
      let index = Int.random(in: 0..<demands.count, using: &random)
      if shape.changesTerms, Int.random(in: 0..<3, using: &random) == 0 {
        changeTerms(of: index)
        continue
      }
      let isEnding = demands[index].flows > 0 && Bool.random(using: &random)
      demands[index].flows += isEnding ? -1 : 1
      sharing.changeFlows(of: Int32(index), by: isEnding ? -1 : 1)
    }
  }

  /// Whether a class has just what it is granted.
  private func isGranted(_ index: Int) -> Bool {
    shape.otherThanGranted.map { index % $0 > 0 } ?? false
  }

  /// Grants the flows of a class nothing, some of what others on its path leave, or all.
  private mutating func grant(_ index: Int) {
    let part = [0, 0.3, 1, 1][Int.random(in: 0..<4, using: &random)]
    let left = demands[index].path.map { link in
      demands.indices.reduce(capacities[link]) { left, other in
        guard other != index, demands[other].path.contains(link) else { return left }
        return left - Double(demands[other].flows) * demands[other].terms.floor
      }
    }
    let grant = part * max(0, left.min() ?? 0) / Double(max(1, demands[index].flows))
    (demands[index].terms.floor, demands[index].terms.ceiling) = (grant, grant)
    demands[index].terms.weight = 1
    sharing.setTerms(of: Int32(index), to: demands[index].terms)
  }

  private mutating func changeTerms(of index: Int) {
    if isGranted(index) { return grant(index) }
    var floor = demands[index].terms.floor
    let isGranted = shape.hasFloors && Int.random(in: 0..<4, using: &random) == 0
    if isGranted { floor = Double.random(in: 0...5e9, using: &random) }
    demands[index].terms.floor = floor
    demands[index].terms.weight = Double.random(in: 0.1...10, using: &random)
    demands[index].terms.ceiling =
      Bool.random(using: &random) ? 1e18 : floor + Double.random(in: 1e8...2e10, using: &random)
    // A flow that has just what it is granted.
    if isGranted, Bool.random(using: &random) { demands[index].terms.ceiling = max(floor, 1e-3) }
    sharing.setTerms(of: Int32(index), to: demands[index].terms)
  }

  /// The rate of a flow of each class as the solver has it; 0 for classes without flows.
  func rates() -> [Double] {
    demands.indices.map { index in
      guard demands[index].flows > 0 else { return 0 }
      return demands[index].terms.rate(at: sharing.classes[index].level)
    }
  }

  /// The first port whose load is not what those of its members send that it does not hold; nil
  /// where all are right.
  func wrongLoad() -> String? {
    for index in 0..<sharing.ports.count {
      let (port, piece) = (sharing.ports[index], sharing.pieces[index])
      guard !piece.isCovered, !port.load.isNaN else { continue }
      let sum = (0..<piece.count).reduce(0.0) { sum, place in
        let member = sharing.members[piece.start + place]
        let record = sharing.classes[member.flowClass]
        return record.heldAt == member.hop ? sum : sum + sharing.load(of: record)
      }
      guard abs(port.load - sum) > 1e-9 * port.capacity else { continue }
      return "port \(index) of \(port.capacity): \(port.load), not \(sum)"
    }
    return nil
  }

  func referenceRates() -> [Double] {
    ReferenceSharing.rates(capacities: capacities, demands: demands)
  }
}
