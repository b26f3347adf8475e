// SPDX-License-Identifier: GPL-3.0-or-later

/// The known name that an unknown one was most likely meant to be.
///
/// Nil where none is near: more than a third of the letters would have to change. Of equally
/// near names the first is taken. Upper and lower case differ by less than another letter.
public func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  let letters = Array(name)
  var nearest: (name: String, distance: Int)?
  for candidate in known {
    let limit = max(letters.count, candidate.count)
    // Long texts are no misspelt names, and the distance takes time by both lengths.
    guard limit <= 100, abs(letters.count - candidate.count) * 3 <= limit else { continue }
    let distance = editDistance(letters, Array(candidate))
    guard distance <= max(2, limit * 2 / 3), distance < nearest?.distance ?? .max else { continue }
    nearest = (candidate, distance)
  }
  return nearest?.name
}

/// Twice the number of letters to insert, delete, replace or swap with their neighbour.
///
/// A change of case alone counts as half. This is the optimal string alignment distance.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = (0...right.count).map { $0 * 2 }
  for row in left.indices {
    var current = [(row + 1) * 2]
    for column in right.indices {
      var best = last[column] + replacement(of: left[row], by: right[column])
      best = min(best, last[column + 1] + 2, current[column] + 2)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforeLast[column - 1] + 2)
      }
      current.append(best)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}

private func replacement(of left: Character, by right: Character) -> Int {
  if left == right { return 0 }
  return left.lowercased() == right.lowercased() ? 1 : 2
}
