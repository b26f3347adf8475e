// SPDX-License-Identifier: GPL-3.0-or-later

/// Many lists of members, each in the order of their keys.
///
/// One binary heap a list. Each member, a number, is in at most one of them, and knows where.
struct KeyedHeaps: ~Copyable {
  struct Entry: BitwiseCopyable {
    var key: Double
    var member: Int32

    /// Equal keys go by member, so that the order never depends on the heap's history.
    @inline(__always)
    func precedes(_ other: Entry) -> Bool {
      key < other.key || (key == other.key && member < other.member)
    }
  }

  private var pieces = AlignedColumn<Piece>()
  private var entries = Pieces<Entry>()
  private var places = AlignedColumn<Int32>()

  /// Makes room for so many lists and members.
  mutating func makeRoom(lists: Int, members: Int) {
    if pieces.count < lists { pieces.resize(to: lists, filling: Piece()) }
    if places.count < members { places.resize(to: members, filling: -1) }
  }

  @inline(__always)
  func isEmpty(_ list: Int32) -> Bool { pieces[list].count == 0 }

  /// Whether a member is in any list.
  @inline(__always)
  func contains(_ member: Int32) -> Bool { places[member] >= 0 }

  /// The first of a list that has some.
  @inline(__always)
  func first(of list: Int32) -> Entry { entries.base[Int(pieces[list].start)] }

  mutating func insert(_ member: Int32, key: Double, into list: Int32) {
    assert(places[member] < 0)
    let entry = Entry(key: key, member: member)
    entries.append(entry, to: &pieces[list])
    siftUp(entry, from: pieces[list].count - 1, pieces[list])
  }

  mutating func remove(_ member: Int32, from list: Int32) {
    let place = places[member]
    places[member] = -1
    if let moved = entries.remove(place, from: &pieces[list]) {
      settle(moved, from: place, pieces[list])
    } else if pieces[list].count == 0 {
      entries.release(&pieces[list])
    }
  }

  mutating func setKey(of member: Int32, to key: Double, in list: Int32) {
    settle(Entry(key: key, member: member), from: places[member], pieces[list])
  }

  /// The number of members of a list.
  func count(of list: Int32) -> Int { Int(pieces[list].count) }

  /// The member at a place of a heap.
  func entry(at place: Int, of list: Int32) -> Entry {
    entries.base[Int(pieces[list].start) + place]
  }

  /// Gives the member at a place another key; `restoreOrder` must follow where that is not as it was.
  func setKey(at place: Int, of list: Int32, to key: Double) {
    entries.base[Int(pieces[list].start) + place].key = key
  }

  func restoreOrder(of list: Int32) {
    let piece = pieces[list]
    let heap = entries.base + Int(piece.start)
    for place in stride(from: piece.count / 2 - 1, through: 0, by: -1) {
      siftDown(heap[Int(place)], from: place, piece)
    }
  }

  /// Adds the members of a list whose key is below one, in no particular order; looks at few others.
  func collect(below key: Double, of list: Int32, into found: inout AlignedColumn<Int32>) {
    let piece = pieces[list]
    let heap = entries.base + Int(piece.start)
    // `found` is what is still to be gone down from as well, by its place in the heap at first.
    var next = found.count
    if piece.count > 0, heap[0].key < key { found.append(0) }
    while next < found.count {
      let place = Int(found[next])
      for child in 2 * place + 1...2 * place + 2
      where child < Int(piece.count) && heap[child].key < key {
        found.append(Int32(child))
      }
      found[next] = heap[place].member
      next += 1
    }
  }

  private func settle(_ entry: Entry, from place: Int32, _ piece: Piece) {
    let heap = entries.base + Int(piece.start)
    if place > 0, entry.precedes(heap[Int((place - 1) >> 1)]) {
      siftUp(entry, from: place, piece)
    } else {
      siftDown(entry, from: place, piece)
    }
  }

  private func siftUp(_ entry: Entry, from start: Int32, _ piece: Piece) {
    let heap = entries.base + Int(piece.start)
    var place = Int(start)
    while place > 0 {
      let parent = (place - 1) >> 1
      guard entry.precedes(heap[parent]) else { break }
      heap[place] = heap[parent]
      places[heap[place].member] = Int32(place)
      place = parent
    }
    heap[place] = entry
    places[entry.member] = Int32(place)
  }

  private func siftDown(_ entry: Entry, from start: Int32, _ piece: Piece) {
    let heap = entries.base + Int(piece.start)
    let count = Int(piece.count)
    var place = Int(start)
    while true {
      var child = 2 * place + 1
      guard child < count else { break }
      let sibling = min(child + 1, count - 1)
      child = heap[sibling].precedes(heap[child]) ? sibling : child
      guard heap[child].precedes(entry) else { break }
      heap[place] = heap[child]
      places[heap[place].member] = Int32(place)
      place = child
    }
    heap[place] = entry
    places[entry.member] = Int32(place)
  }
}
