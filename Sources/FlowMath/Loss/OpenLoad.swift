// SPDX-License-Identifier: GPL-3.0-or-later

// Streams that do not slow down: what of each gets through, link after link.
//
//   given       links l with room C_l and other losses e_l; streams d with a rate and a path
//   find        a_l, what arrives at each link, and the part of it that passes
//   such that   pass_l = (1 - e_l) min(1, C_l / a_l),
//               a_l = sum over the streams of l of their rate times the passes of the links before
//
// On a link all streams lose the same part (the fluid limit of a queue that is overloaded). Where
// they go by rank each rank is a link of its own, with the room that higher ranks leave:
//
//   C_k = C - sum of min(C_j, a_j) over the ranks j before k
//
// Links are taken in rounds; where no stream feeds back on itself, as many rounds as the longest path
// has links are exact, and elsewhere what is left of the error shrinks with each. Ranks settle one
// after the other, as none has anything to do with those below it.

/// The links and streams of a problem, and its answer.
public struct OpenLoad: ~Copyable {
  var room = AlignedColumn<Double>()
  var otherLoss = AlignedColumn<Double>()
  var arriving = AlignedColumn<Double>()
  var pass = AlignedColumn<Double>()
  var rates = AlignedColumn<Double>()
  var path = AlignedColumn<Int32>()
  var pathStart = AlignedColumn<Int32>()
  /// The links of the ranks of one real link, the first rank first.
  private var ranked: [Range<Int>] = []

  public init(links count: Int) {
    for _ in 0..<count { addLink() }
    pathStart.append(0)
  }

  private mutating func addLink() {
    room.append(0)
    otherLoss.append(0)
    arriving.append(0)
    pass.append(1)
  }

  /// Adds a link where streams go by rank, as a link for each rank behind all that there are.
  ///
  /// The room that is set for the first of them is that of all.
  public mutating func addRankedLink(ranks: Int) {
    ranked.append(room.count..<(room.count + ranks))
    for _ in 0..<ranks { addLink() }
  }

  public mutating func setLink(_ link: Int, room bit_s: Double, otherLoss part: Double) {
    room[link] = bit_s
    otherLoss[link] = part
  }

  public mutating func addStream(path links: some Sequence<Int32>) {
    rates.append(0)
    for link in links { path.append(link) }
    pathStart.append(Int32(path.count))
  }

  /// Forgets all streams, to lay them anew.
  public mutating func removeStreams() {
    rates.removeAll()
    path.removeAll()
    pathStart.removeAll()
    pathStart.append(0)
  }

  public mutating func setRate(ofStream stream: Int, to bit_s: Double) {
    rates[stream] = bit_s
  }

  /// What arrives at a link in bit/s, whatever becomes of it.
  public func arriving(atLink link: Int) -> Double { arriving[link] }

  /// What of that is carried by the link, before its other losses.
  public func carried(byLink link: Int) -> Double { min(arriving[link], room[link]) }

  /// The part that does not fit on a link.
  public func overload(ofLink link: Int) -> Double {
    fluidLoss(offered_bit_s: arriving[link], capacity_bit_s: room[link])
  }

  /// The room that a link has, beside what higher ranks take of it, in bit/s.
  public func room(ofLink link: Int) -> Double { room[link] }
}

extension OpenLoad {
  static let mostRounds = 1000

  /// Works out what arrives where.
  ///
  /// - Returns: the rounds it took.
  @discardableResult
  public mutating func solve(tolerance: Double = 1e-12) -> Int {
    for ranks in ranked {
      for link in ranks { room[link] = room[ranks.lowerBound] }
    }
    for link in 0..<pass.count { pass[link] = (1 - otherLoss[link]) * (room[link] > 0 ? 1 : 0) }
    for round in 1...OpenLoad.mostRounds {
      collect()
      for ranks in ranked { shareByRank(ranks) }
      var change = 0.0
      for link in 0..<room.count {
        let fits = arriving[link] > room[link] ? room[link] / arriving[link] : 1
        let now = (1 - otherLoss[link]) * (room[link] > 0 ? fits : 0)
        change = max(change, abs(now - pass[link]))
        pass[link] = now
      }
      if change <= tolerance { return round }
    }
    return OpenLoad.mostRounds
  }

  /// Leaves each rank the room that those before it do not fill.
  private mutating func shareByRank(_ ranks: Range<Int>) {
    for link in ranks.dropFirst() {
      room[link] = max(0, room[link - 1] - carried(byLink: link - 1))
    }
  }

  private mutating func collect() {
    for link in 0..<arriving.count { arriving[link] = 0 }
    for stream in 0..<rates.count {
      var rate = rates[stream]
      for entry in pathStart[stream]..<pathStart[stream + 1] {
        arriving[path[entry]] += rate
        rate *= pass[path[entry]]
      }
    }
  }
}
