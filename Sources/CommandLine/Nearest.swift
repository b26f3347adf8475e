// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds the known word that was most likely meant, or nil where none is like it.
func nearest(to word: String, in known: [String]) -> String? {
  let typed = word.bare
  guard !typed.isEmpty else { return nil }
  let starting = known.filter { $0.bare.hasPrefix(typed) }
  if starting.count == 1 { return starting[0] }

  let distances = known.map { (word: $0, distance: editDistance(typed, $0.bare)) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  // A third of the word may be wrong: beyond that the suggestion is noise.
  return best.distance <= max(1, typed.count / 3) ? best.word : nil
}

/// Counts the insertions, removals, replacements and swaps of neighbours between two words.
///
/// This is the optimal string alignment distance, row by row.
///
/// - Complexity: O(*n* · *m*)
func editDistance(_ first: String, _ second: String) -> Int {
  let first = Array(first)
  let second = Array(second)
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for row in first.indices {
    var current = [row + 1]
    for column in second.indices {
      let replaced = last[column] + (first[row] == second[column] ? 0 : 1)
      var best = min(replaced, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    beforeLast = last
    last = current
  }
  return last[second.count]
}

extension String {
  /// The word without its leading dashes, in lower case.
  fileprivate var bare: String { String(drop { $0 == "-" }).lowercased() }
}
