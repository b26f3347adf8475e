// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A flow in line for its grant.
struct GrantTurn: BitwiseCopyable {
  /// The first entry with the same policy.
  let group: Int32
  let entry: Int32
  let arrival: SimTime
  let number: Int
  /// Its place among those that send.
  var place: Int
  /// What its policy says of it; of one that is new, nothing yet.
  var rank = Double.nan

  static func < (left: GrantTurn, right: GrantTurn) -> Bool {
    if left.group != right.group { return left.group < right.group }
    if left.rank != right.rank { return left.rank < right.rank }
    if left.arrival != right.arrival { return left.arrival < right.arrival }
    return left.number != right.number ? left.number < right.number : left.place < right.place
  }
}

/// The flows whose order a policy says, as they stood when rates were granted last.
///
/// From one event to the next few of them pass others, so that each is moved from where it stood;
/// only where that takes much more than to look at all of them, they are sorted.
struct GrantOrder {
  private(set) var turns: [GrantTurn] = []

  mutating func add(_ turn: GrantTurn) { turns.append(turn) }

  /// Takes out the flow at a place among those that send, where the last of these comes instead.
  mutating func remove(place: Int, last: Int) {
    turns.removeAll { $0.place == place }
    guard last != place, let moved = turns.firstIndex(where: { $0.place == last }) else { return }
    turns[moved].place = place
  }

  /// Puts all of them in order by what they rank now.
  mutating func rank(by rank: (GrantTurn) -> Double) {
    for index in turns.indices { turns[index].rank = rank(turns[index]) }
    var moves = 0
    for index in turns.indices.dropFirst() {
      let turn = turns[index]
      var place = index
      while place > 0, turn < turns[place - 1] {
        turns[place] = turns[place - 1]
        place -= 1
      }
      turns[place] = turn
      moves += index - place
      guard moves <= 8 * turns.count else { return turns.sort(by: <) }
    }
  }
}
