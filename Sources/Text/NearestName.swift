// SPDX-License-Identifier: GPL-3.0-or-later

/// The known name that an unknown one was most likely meant to be.
///
/// A name that alone among the known begins like this one is meant. Otherwise it is the nearest, of
/// equally near ones the first; nil where none is near: more than a third of the letters would have
/// to change. Names that differ in upper and lower case alone are nearer than any others.
public func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  let typed = Spelling(name)
  guard !typed.letters.isEmpty else { return nil }
  var nearest: (name: String, distance: Int)?
  var beginnings: (first: String, count: Int) = ("", 0)
  for candidate in known {
    let spelling = Spelling(candidate)
    if spelling.lower.starts(with: typed.lower) {
      beginnings = (beginnings.count == 0 ? candidate : beginnings.first, beginnings.count + 1)
    }
    guard let distance = typed.distance(to: spelling), distance < nearest?.distance ?? .max else {
      continue
    }
    nearest = (candidate, distance)
  }
  return beginnings.count == 1 ? beginnings.first : nearest?.name
}

/// The letters of a name, as they are and in lower case.
private struct Spelling {
  var letters: [Character]
  var lower: [Character]

  init(_ name: String) {
    letters = Array(name)
    lower = Array(name.lowercased())
  }

  /// Twice the number of letters to change, and one more for their case; nil where that is too far.
  func distance(to other: Spelling) -> Int? {
    let limit = max(letters.count, other.letters.count)
    // Long texts are no misspelt names, and the distance takes time by both lengths.
    guard limit <= 100, abs(letters.count - other.letters.count) * 3 <= limit else { return nil }
    let changes = editDistance(lower, other.lower) * 2
    guard changes <= max(2, limit * 2 / 3) else { return nil }
    return changes + (changes == 0 && letters != other.letters ? 1 : 0)
  }
}

/// The number of letters to insert, delete, replace or swap with their neighbour.
///
/// This is the optimal string alignment distance, row by row.
func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      var best = last[column] + (left[row] == right[column] ? 0 : 1)
      best = min(best, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
