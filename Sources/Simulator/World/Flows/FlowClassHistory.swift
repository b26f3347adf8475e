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

  func least(of links: some Sequence<LinkID>, _ rates: [Double]) -> Double {
    var least = Double.infinity
    for link in links { least = min(least, rates[Int(link.index)]) }
    return least
  }
}

extension FlowClassTable {
  /// Whether what a flow alone gets on a flow class may depend on a link.
  func depends(_ index: Int, on link: LinkID) -> Bool {
    if routes[index].links.contains(link) { return true }
    guard let path = entries[index].path, path.home.index == index else { return false }
    return fabrics[Int(path.fabric)].fabric.uplinks.contains(Int(link.index))
  }

  /// What a flow alone on a flow class gets where links carry so much.
  func rateAlone(on index: FlowClassID, _ rates: [Double]) -> Double {
    let flowClass = self[index]
    if let path = flowClass.path, path.home == index {
      return min(flowClass.ceiling, rateAlone(overPathsOf: index, path, rates))
    }
    return min(flowClass.ceiling, self.rates.least(of: routes[index.index].links, rates))
  }

  /// Begins to write down what a flow class gives, which is about to change.
  mutating func beginHistory(of index: FlowClassID) {
    guard histories[index] == nil else { return }
    histories[index] = FlowClassHistory(
      rate: GreatestSince(rateAlone(on: index, rates.now)),
      haste: GreatestSince(-Double(self[index].delay.nanoseconds)))
  }

  /// Writes down what a flow class gives from now on.
  mutating func goOnWithHistory(of index: FlowClassID, at now: SimTime) {
    let rate = rateAlone(on: index, rates.now)
    let haste = -Double(self[index].delay.nanoseconds)
    histories[index]?.rate.set(rate, at: now)
    histories[index]?.haste.set(haste, at: now)
  }

  /// The most that a flow alone on a flow class could have got at any time since an instant.
  func greatestRate(of index: FlowClassID, since start: SimTime) -> Double {
    guard !histories.isEmpty, let history = histories[index] else {
      return self[index].idealRate
    }
    return history.rate.greatest(since: start)
  }

  /// The least delay that a flow class had at any time since an instant, in nanoseconds.
  func leastDelay(of index: FlowClassID, since start: SimTime) -> Double {
    guard !histories.isEmpty, let history = histories[index] else {
      return Double(self[index].delay.nanoseconds)
    }
    return -history.haste.greatest(since: start)
  }
}
