// SPDX-License-Identifier: GPL-3.0-or-later

/// The classes of each group in the order in which their next flows will be done.
///
/// One binary heap a group, by the value of the group's clock at which that is. Each class is in at
/// most one of them, and knows where.
struct ClassHeaps: ~Copyable {
  struct Entry: BitwiseCopyable {
    var key: Double
    var flowClass: Int32

    /// Equal keys go by class, so that the order never depends on the heap's history.
    @inline(__always)
    func precedes(_ other: Entry) -> Bool {
      key < other.key || (key == other.key && flowClass < other.flowClass)
    }
  }

  private var pieces = AlignedColumn<Piece>()
  private var entries = Pieces<Entry>()
  private var places = AlignedColumn<Int32>()

  /// Makes room for so many groups and classes.
  mutating func makeRoom(groups: Int, classes: Int) {
    if pieces.count < groups { pieces.resize(to: groups, filling: Piece()) }
    if places.count < classes { places.resize(to: classes, filling: -1) }
  }

  func isEmpty(_ group: Int32) -> Bool { pieces[group].count == 0 }

  /// The first of a group that has some.
  @inline(__always)
  func first(of group: Int32) -> Entry { entries.base[Int(pieces[group].start)] }

  mutating func insert(_ flowClass: Int32, key: Double, into group: Int32) {
    assert(places[flowClass] < 0)
    let entry = Entry(key: key, flowClass: flowClass)
    entries.append(entry, to: &pieces[group])
    siftUp(entry, from: pieces[group].count - 1, pieces[group])
  }

  mutating func remove(_ flowClass: Int32, from group: Int32) {
    let place = places[flowClass]
    places[flowClass] = -1
    if let moved = entries.remove(place, from: &pieces[group]) {
      settle(moved, from: place, pieces[group])
    } else if pieces[group].count == 0 {
      entries.release(&pieces[group])
    }
  }

  mutating func setKey(of flowClass: Int32, to key: Double, in group: Int32) {
    settle(Entry(key: key, flowClass: flowClass), from: places[flowClass], pieces[group])
  }

  /// The number of classes in a group.
  func count(of group: Int32) -> Int { Int(pieces[group].count) }

  /// The class at a place of a heap.
  func flowClass(at place: Int, of group: Int32) -> Int32 {
    entries.base[Int(pieces[group].start) + place].flowClass
  }

  /// Gives the class at a place another key; `restoreOrder` must follow.
  func setKey(at place: Int, of group: Int32, to key: Double) {
    entries.base[Int(pieces[group].start) + place].key = key
  }

  func restoreOrder(of group: Int32) {
    let piece = pieces[group]
    let heap = entries.base + Int(piece.start)
    for place in stride(from: piece.count / 2 - 1, through: 0, by: -1) {
      siftDown(heap[Int(place)], from: place, piece)
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
      places[heap[place].flowClass] = Int32(place)
      place = parent
    }
    heap[place] = entry
    places[entry.flowClass] = Int32(place)
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
      places[heap[place].flowClass] = Int32(place)
      place = child
    }
    heap[place] = entry
    places[entry.flowClass] = Int32(place)
  }
}
