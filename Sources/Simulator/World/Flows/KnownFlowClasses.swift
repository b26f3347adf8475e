// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// Finds the flow class of a route under given terms, in a table that is never more than half full.
///
/// Routes are not kept here but read where all flow classes have theirs. Linear probing, as in
/// `PairTable`; what is in never leaves.
struct KnownFlowClasses: ~Copyable {
  /// What tells two flow classes of one route from each other.
  struct Terms: BitwiseCopyable, Equatable {
    var trafficClass: Int
    /// None for a flow class that is a home itself.
    var home: FlowClassID
    var demand: DemandID
    var ceiling: Double
    /// Whether a fabric may give its flows other ways.
    var isSpread: Bool
  }

  private struct Entry: BitwiseCopyable {
    var hash: UInt64
    var terms: Terms
    var flowClass: FlowClassID
  }

  private var entries: [Entry] = []
  /// The positions of entries by hash, -1 where there is none.
  private var slots: [Int32] = Array(repeating: -1, count: 64)

  func find(_ route: Route, _ terms: Terms, in routes: [Route]) -> FlowClassID? {
    let hash = KnownFlowClasses.hash(route, terms)
    var place = self.place(of: hash)
    while slots[place] >= 0 {
      let entry = entries[Int(slots[place])]
      if entry.hash == hash, entry.terms == terms {
        let other = routes[entry.flowClass.index]
        if other.links == route.links, other.source == route.source, other.target == route.target {
          return entry.flowClass
        }
      }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Keeps a flow class that was not found.
  mutating func add(_ flowClass: FlowClassID, _ route: Route, _ terms: Terms) {
    if 2 * (entries.count + 1) > slots.count {
      slots = Array(repeating: -1, count: 2 * slots.count)
      for position in entries.indices { putInSlot(position) }
    }
    entries.append(
      Entry(hash: KnownFlowClasses.hash(route, terms), terms: terms, flowClass: flowClass))
    putInSlot(entries.count - 1)
  }

  private mutating func putInSlot(_ position: Int) {
    var place = self.place(of: entries[position].hash)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Int32(position)
  }

  private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

  /// Each number is mixed in by a product with 2^64 over the golden ratio, whose upper half is good.
  private static func hash(_ route: Route, _ terms: Terms) -> UInt64 {
    var hash: UInt64 = 0
    func mix(_ number: UInt64) {
      hash = (hash ^ number) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
    }
    for link in route.links { mix(UInt64(link.index)) }
    mix(UInt64(terms.trafficClass))
    mix(UInt64(truncatingIfNeeded: terms.home.index))
    mix(UInt64(truncatingIfNeeded: terms.demand.index))
    mix(terms.ceiling.bitPattern)
    mix(terms.isSpread ? 1 : 0)
    return hash
  }
}
