// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// The elastic flows that wait to be let in, in order of arrival.
///
/// Flows that ask for the same tier on the same links stand in one row. While all are tried one after the
/// other room only becomes less, so that nobody is let in behind one of his row who was not: what a try
/// of all costs goes by the rows, and not by who waits.
struct AdmissionLine {
  /// What flows of a row ask for.
  struct Wish: Hashable {
    var entry: Int
    /// The position of a tier.
    var asked: Int
    var links: [LinkID]
  }

  private struct Waiting: BitwiseCopyable {
    /// Counts all that ever came.
    var ticket: Int
    var number: Int
    var flow: ElasticID
  }

  private struct Row {
    var wish: Wish
    var waiting: [Waiting]
    /// Those before it are no longer there.
    var first = 0

    var head: Waiting { waiting[first] }

    /// Where a number stands: those of an entry wait once each, in order of their numbers.
    func index(of number: Int) -> Int? {
      var (low, high) = (first, waiting.count)
      while low < high {
        let middle = (low + high) / 2
        if waiting[middle].number < number { low = middle + 1 } else { high = middle }
      }
      return low < waiting.count && waiting[low].number == number ? low : nil
    }
  }

  private var rows: [Row] = []
  private var rowOfWish: [Wish: Int32] = [:]
  /// Rows in which nobody stands, to be used again.
  private var spare: [Int32] = []
  /// Rows in which somebody stands, in the order of who is first.
  private var order: [Int32] = []
  private var tickets = 0

  /// How many rows there are in which somebody stands.
  var count: Int { order.count }

  /// What those of a row ask for, by its place in the order of who is first.
  func wish(at place: Int) -> Wish { rows[Int(order[place])].wish }

  func head(at place: Int) -> ElasticID { rows[Int(order[place])].head.flow }

  /// A flow comes to wait behind all others; alone in its row if it is to be tried whoever stands before it.
  mutating func append(_ flow: ElasticID, number: Int, wish: Wish, alone: Bool) {
    let waiting = Waiting(ticket: tickets, number: number, flow: flow)
    tickets += 1
    if !alone, let row = rowOfWish[wish] {
      rows[Int(row)].waiting.append(waiting)
      return
    }
    let row = spare.popLast() ?? Int32(rows.count)
    let new = Row(wish: wish, waiting: [waiting])
    if Int(row) == rows.count { rows.append(new) } else { rows[Int(row)] = new }
    if !alone { rowOfWish[wish] = row }
    order.append(row)
  }

  /// The first of a row is gone: the row stands by who is first now.
  mutating func removeHead(at place: Int) {
    let row = Int(order.remove(at: place))
    rows[row].first += 1
    guard rows[row].first < rows[row].waiting.count else { return empty(row) }
    if rows[row].first > 64, 2 * rows[row].first > rows[row].waiting.count {
      rows[row].waiting.removeFirst(rows[row].first)
      rows[row].first = 0
    }
    insert(row)
  }

  /// Takes out a flow, and tells how many rows have one before it; nil where it is not there.
  mutating func remove(number: Int, ofEntry entry: Int) -> (flow: ElasticID, rowsBefore: Int)? {
    for place in order.indices {
      let row = Int(order[place])
      guard rows[row].wish.entry == entry, let index = rows[row].index(of: number) else { continue }
      let gone = rows[row].waiting[index]
      let before = order.prefix { rows[Int($0)].head.ticket < gone.ticket }.count
      if index == rows[row].first {
        removeHead(at: place)
      } else {
        rows[row].waiting.remove(at: index)
      }
      return (gone.flow, before)
    }
    return nil
  }

  private mutating func empty(_ row: Int) {
    let wish = rows[row].wish
    if rowOfWish[wish] == Int32(row) { rowOfWish[wish] = nil }
    rows[row].waiting = []
    spare.append(Int32(row))
  }

  private mutating func insert(_ row: Int) {
    let ticket = rows[row].head.ticket
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[Int(order[middle])].head.ticket < ticket { low = middle + 1 } else { high = middle }
    }
    order.insert(Int32(row), at: low)
  }
}
