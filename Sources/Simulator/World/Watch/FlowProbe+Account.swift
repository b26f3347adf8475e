// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel

// What the stretches of a watched flow add up to.

extension FlowProbe {
  /// A time in which one thing held the flow back, or mostly did.
  public struct Spell: Equatable, Sendable {
    public var from: SimTime
    public var to: SimTime
    /// What held the flow back for the longest part of it.
    public var hold: Stretch.Hold
    /// The part of the time that `hold` accounts for: 1 where nothing else did.
    public var share: Double
    /// The mean rate in bits per second.
    public var rate: Double
  }

  /// All the time that one thing held the flow back.
  public struct Total: Equatable, Sendable {
    public var hold: Stretch.Hold
    public var time: SimDuration
    /// That time as a part of all the time since the flow's arrival.
    public var share: Double
    /// The mean rate in bits per second meanwhile.
    public var rate: Double
  }

  /// What held the flow back in total, the longest first.
  public var totals: [Total] {
    let held = Tally(stretches[...])
    return held.entries.sorted { $1.nanoseconds < $0.nanoseconds }.map { entry in
      Total(
        hold: entry.hold, time: SimDuration(nanoseconds: entry.nanoseconds),
        share: Double(entry.nanoseconds) / Double(held.nanoseconds), rate: entry.rate)
    }
  }

  /// Every stretch by itself.
  public var spells: [Spell] { stretches.indices.map { spell(of: stretches[$0...$0]) } }

  /// The stretches in at most so many spells.
  ///
  /// Neighbours that the same thing held back become one. Where that leaves too many, the life of
  /// the flow is cut into equal parts, and what begins in one part becomes one.
  public func spells(atMost limit: Int) -> [Spell] {
    precondition(limit > 0, "a timeline has rows")
    let byHold = groups { $0.hold == $1.hold }
    guard byHold.count > limit, let first = stretches.first, let last = stretches.last else {
      return byHold.map(spell)
    }
    let span = Double((last.to - first.from).nanoseconds)
    func part(_ stretch: Stretch) -> Int {
      let passed = Double((stretch.from - first.from).nanoseconds)
      return min(limit - 1, Int(passed / span * Double(limit)))
    }
    return groups { part($0) == part($1) }.map(spell)
  }

  /// Cuts the stretches where neighbours do not belong together.
  private func groups(_ belong: (Stretch, Stretch) -> Bool) -> [ArraySlice<Stretch>] {
    var groups: [ArraySlice<Stretch>] = []
    var start = stretches.startIndex
    for index in stretches.indices.dropFirst() where !belong(stretches[index - 1], stretches[index])
    {
      groups.append(stretches[start..<index])
      start = index
    }
    return start < stretches.endIndex ? groups + [stretches[start...]] : groups
  }

  private func spell(of group: ArraySlice<Stretch>) -> Spell {
    let held = Tally(group)
    let first = group[group.startIndex]
    // The earlier of two equally long ones, so that the answer is one and the same.
    let longest = held.entries.reduce(held.entries[0]) { $0.nanoseconds < $1.nanoseconds ? $1 : $0 }
    return Spell(
      from: first.from, to: group[group.endIndex - 1].to, hold: longest.hold,
      share: Double(longest.nanoseconds) / Double(held.nanoseconds), rate: held.rate)
  }
}

/// The times of some stretches, added up by what held the flow back.
private struct Tally {
  struct Entry {
    var hold: FlowProbe.Stretch.Hold
    var nanoseconds: Int64 = 0
    /// Bits per second times nanoseconds.
    var sent = 0.0

    var rate: Double { sent / Double(nanoseconds) }
  }

  private(set) var entries: [Entry] = []
  private(set) var nanoseconds: Int64 = 0
  private var positions: [FlowProbe.Stretch.Hold: Int] = [:]

  init(_ stretches: ArraySlice<FlowProbe.Stretch>) {
    for stretch in stretches { add(stretch) }
  }

  var rate: Double { entries.reduce(0) { $0 + $1.sent } / Double(nanoseconds) }

  private mutating func add(_ stretch: FlowProbe.Stretch) {
    let length = (stretch.to - stretch.from).nanoseconds
    let position = positions[stretch.hold] ?? entries.count
    if position == entries.count {
      positions[stretch.hold] = position
      entries.append(Entry(hold: stretch.hold))
    }
    entries[position].nanoseconds += length
    entries[position].sent += stretch.rate * Double(length)
    nanoseconds += length
  }
}
