// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

// What a flow alone on a path could have had while it was there.
//
// Capacities and delays change under flows: channels are lit and darkened, links fail, light takes
// another way. A flow is measured against the best of it that it met, so that nobody is ever
// faster than alone. Nothing is kept of flow classes that stay as they are.

/// The greatest value of something since any instant.
///
/// Values that a later one reached are forgotten: what is left falls with time.
struct GreatestSince {
  /// Values that are over, and until when they held.
  private var past: [(until: SimTime, value: Double)] = []
  private var current: Double

  init(_ value: Double) { current = value }

  mutating func set(_ value: Double, at now: SimTime) {
    guard value != current else { return }
    past.append((now, current))
    current = value
    while let last = past.last, last.value <= value { past.removeLast() }
  }

  /// The greatest value that held at some time from an instant on, or holds.
  func greatest(since start: SimTime) -> Double {
    // The first that was not over by then; those behind it are smaller.
    var (low, high) = (0, past.count)
    while low < high {
      let middle = (low + high) / 2
      if past[middle].until > start { high = middle } else { low = middle + 1 }
    }
    return low < past.count ? max(current, past[low].value) : current
  }
}

/// What a flow class could give over time: to a flow alone, and as its delay.
struct FlowClassHistory {
  var rate: GreatestSince
  /// With its sign turned: the least is wanted.
  var haste: GreatestSince
}

/// The histories of those flow classes that have not been the same all the time.
struct FlowClassHistories {
  /// By flow class, as far as the last that has one.
  private var all: [FlowClassHistory?] = []

  func has(_ index: FlowClassID) -> Bool { index.index < all.count && all[index.index] != nil }

  func greatestRate(of index: FlowClassID, since start: SimTime) -> Double? {
    index.index < all.count ? all[index.index]?.rate.greatest(since: start) : nil
  }

  func greatestHaste(of index: FlowClassID, since start: SimTime) -> Double? {
    index.index < all.count ? all[index.index]?.haste.greatest(since: start) : nil
  }

  mutating func begin(_ history: FlowClassHistory, of index: FlowClassID) {
    if index.index >= all.count {
      all += Array(repeating: nil, count: index.index + 1 - all.count)
    }
    all[index.index] = history
  }

  mutating func goOn(_ index: FlowClassID, rate: Double, haste: Double, at now: SimTime) {
    all[index.index]?.rate.set(rate, at: now)
    all[index.index]?.haste.set(haste, at: now)
  }
}

/// Which flow classes lead over each link, found out when that is asked.
struct ClassesOverLinks {
  private var classes: [[FlowClassID]]
  private var known = 0

  init(links: Int) {
    classes = Array(repeating: [], count: links)
  }

  /// The flow classes over a link, each once, where `routes` are those of all that there are by now.
  mutating func over(_ link: LinkID, of routes: [Route]) -> [FlowClassID] {
    for index in known..<routes.count {
      let flowClass = FlowClassID(index)
      for link in routes[index].links where classes[Int(link.index)].last != flowClass {
        classes[Int(link.index)].append(flowClass)
      }
    }
    known = routes.count
    return classes[Int(link.index)]
  }
}

/// What links carry, as flows alone on a path are judged by.
struct LinkRates {
  private(set) var now: [Double]
  /// The same, but of a link that is down what it carried before.
  private(set) var whole: [Double]

  init(_ capacities: [Double]) {
    now = capacities
    whole = capacities
  }

  mutating func set(_ link: LinkID, to capacity: Double) {
    now[Int(link.index)] = capacity
    if capacity > 0 { whole[Int(link.index)] = capacity }
  }

  /// The least that a link has carried while it was up, carries now, or is about to.
  func least(of link: LinkID, andOf capacity: Double) -> Double {
    min(now[Int(link.index)], whole[Int(link.index)], capacity)
  }

  @inline(__always)
  func least(of links: some Sequence<LinkID>, _ rates: [Double]) -> Double {
    var least = Double.infinity
    for link in links { least = min(least, rates[Int(link.index)]) }
    return least
  }
}

extension FlowClassTable {
  /// The flow classes that stand for all ways over a fabric with a link that some of them take.
  func homesOverFabric(of link: LinkID) -> [FlowClassID] {
    guard !fabrics.isEmpty,
      let fabric = fabrics.firstIndex(where: { $0.fabric.uplinks.contains(Int(link.index)) })
    else { return [] }
    return spreadHomes[fabric]
  }

  /// What a flow alone on a flow class gets where links carry so much.
  ///
  /// Inlined, so that handing in the rates counts no reference.
  @inline(__always)
  func rateAlone(on index: FlowClassID, _ rates: [Double]) -> Double {
    let flowClass = self[index]
    if let path = flowClass.path, path.home == index {
      return min(flowClass.ceiling, rateAlone(overPathsOf: index, path, rates))
    }
    return min(flowClass.ceiling, self.rates.least(of: routes[index.index].links, rates))
  }

  /// Begins to write down what a flow class gives, which is about to change.
  mutating func beginHistory(of index: FlowClassID) {
    guard !histories.has(index) else { return }
    histories.begin(
      FlowClassHistory(
        rate: GreatestSince(rateAlone(on: index, rates.now)),
        haste: GreatestSince(-Double(self[index].delay.nanoseconds))), of: index)
  }

  /// Writes down what a flow class gives from now on.
  mutating func goOnWithHistory(of index: FlowClassID, at now: SimTime) {
    let rate = rateAlone(on: index, rates.now)
    let haste = -Double(self[index].delay.nanoseconds)
    histories.goOn(index, rate: rate, haste: haste, at: now)
  }

  /// The most that a flow alone on a flow class could have got at any time since an instant.
  func greatestRate(of index: FlowClassID, since start: SimTime) -> Double {
    histories.greatestRate(of: index, since: start) ?? self[index].idealRate
  }

  /// The least delay that a flow class had at any time since an instant, in nanoseconds.
  func leastDelay(of index: FlowClassID, since start: SimTime) -> Double {
    histories.greatestHaste(of: index, since: start).map { -$0 }
      ?? Double(self[index].delay.nanoseconds)
  }
}
