// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What became of a demand from its first bit to its last: when it went which way, and where what was
/// lost of it was lost.
public struct DemandHistory: Sendable {
  public var demand: String
  public var trafficClass: String
  public var source: String
  public var target: String
  /// Times in order, from the first in which it sent; those in which it sent nothing are left out.
  public internal(set) var spells: [Spell] = []

  /// Where something is lost, and why; no link where none of its way says so.
  public struct Place: Hashable, Sendable {
    public var cause: LossCause
    public var link: String
  }

  /// A time in which it took one way, and most of what it lost was lost in one place.
  public struct Spell: Sendable {
    public var from: SimTime
    public var to: SimTime
    public var route: [String]
    /// Whether that is not its own way, but one around a link that is down.
    public var isDetour: Bool
    /// In bits.
    public var offered: Double
    public var delivered: Double
    /// In bits, by where and why.
    public var lost: [Place: Double]

    public var lostInAll: Double { lost.inOrder.reduce(0) { $0 + $1.value } }
    /// The place where most was lost; of equal ones the first by name.
    public var worst: Place? { lost.inOrder.first?.key }
  }

  public var offered: Double { spells.reduce(0) { $0 + $1.offered } }
  public var delivered: Double { spells.reduce(0) { $0 + $1.delivered } }

  /// Everything that was lost by where and why, the most first.
  public var losses: [(place: Place, bits: Double, time: SimDuration)] {
    var sums: [Place: (bits: Double, time: SimDuration)] = [:]
    for spell in spells {
      for (place, bits) in spell.lost {
        let before = sums[place] ?? (0, .zero)
        sums[place] = (before.bits + bits, before.time + (spell.to - spell.from))
      }
    }
    return sums.map { (place: $0.key, bits: $0.value.bits, time: $0.value.time) }
      .sorted { ($1.bits, $0.place.order) < ($0.bits, $1.place.order) }
  }

  /// Adds a time behind all others; it goes with the last one where that ends as it begins and is
  /// of its kind.
  mutating func add(_ spell: Spell) {
    guard let last = spells.indices.last, spells[last].to == spell.from,
      spells[last].route == spell.route, spells[last].worst == spell.worst
    else { return spells.append(spell) }
    spells[last].to = spell.to
    spells[last].offered += spell.offered
    spells[last].delivered += spell.delivered
    spells[last].lost.merge(spell.lost, uniquingKeysWith: +)
  }
}

extension DemandHistory.Place {
  fileprivate var order: String { "\(cause.position) \(link)" }
}

extension [DemandHistory.Place: Double] {
  /// The most first, in an order that does not change from one process to the next.
  fileprivate var inOrder: [(key: DemandHistory.Place, value: Double)] {
    sorted { ($1.value, $0.key.order) < ($0.value, $1.key.order) }
  }
}
