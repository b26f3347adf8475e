// SPDX-License-Identifier: GPL-3.0-or-later

/// Equal pieces of work for sites of different speed.
///
/// A site does a round of `atOnce` pieces in its time, and each time it works it has `extra`
/// rounds on top. The rounds r of all sites are to hold all pieces, and the last site is to be
/// done as early as can be:
///
///     minimise max (r_i + extra) t_i,    sum of r_i n_i >= pieces,    r_i >= 1 whole
///
/// Without whole numbers all are done at the same T = (pieces + extra sum n) / sum (n / t).
/// From what fits into that time on, each next round goes to the site that has it done first.
struct WorkShares {
  var pieces: Int
  var atOnce: [Int]
  var seconds: [Double]
  var extra: Int

  func rounds() -> [Int] {
    let count = atOnce.reduce(0, +)
    let speed = zip(atOnce, seconds).reduce(0) { $0 + Double($1.0) / $1.1 }
    let time = (Double(pieces) + Double(extra) * Double(count)) / speed
    // A hair more, so that what fits exactly is not lost to rounding.
    var rounds = seconds.map { max(1, Int((time / $0 * (1 + 1e-12)).rounded(.down)) - extra) }
    var left = pieces - zip(rounds, atOnce).reduce(0) { $0 + $1.0 * $1.1 }
    while left > 0 {
      let next = site(least: { Double(rounds[$0] + 1 + extra) * seconds[$0] })
      rounds[next] += 1
      left -= atOnce[next]
    }
    // Sites that have a round in any case may leave too much to the others.
    while let last = excess(rounds, left) {
      rounds[last] -= 1
      left += atOnce[last]
    }
    return rounds
  }

  private func site(least time: (Int) -> Double) -> Int {
    seconds.indices.min { time($0) < time($1) } ?? 0
  }

  /// Of the sites that could do with a round less, the one that is done last.
  private func excess(_ rounds: [Int], _ left: Int) -> Int? {
    seconds.indices.filter { rounds[$0] > 1 && atOnce[$0] <= -left }
      .max {
        Double(rounds[$0] + extra) * seconds[$0] < Double(rounds[$1] + extra) * seconds[$1]
      }
  }
}
