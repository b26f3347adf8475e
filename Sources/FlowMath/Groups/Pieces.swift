// SPDX-License-Identifier: GPL-3.0-or-later

/// A list in a store of many.
struct Piece: BitwiseCopyable {
  var start: Int32 = 0
  var count: Int32 = 0
  var room: Int32 = 0
}

/// Many lists in one column, which grow by doubling and leave what they outgrow to others.
///
/// Lists of a few elements come and go at every event: from the system's memory each would cost more
/// than what is done with it.
struct Pieces<Element: BitwiseCopyable>: ~Copyable {
  private var elements = AlignedColumn<Element>()
  /// Freed pieces by the logarithm of their size.
  private var free: [[Int32]] = Array(repeating: [], count: 32)

  var base: UnsafeMutablePointer<Element> { elements.base }

  @inline(__always)
  mutating func append(_ element: Element, to piece: inout Piece) {
    if piece.count == piece.room { enlarge(&piece, filling: element) }
    elements.base[Int(piece.start + piece.count)] = element
    piece.count += 1
  }

  /// Takes out an element, and puts the last one in its place.
  ///
  /// - Returns: the one that has moved there; nil where it was the last itself.
  @inline(__always)
  func remove(_ place: Int32, from piece: inout Piece) -> Element? {
    piece.count -= 1
    guard place != piece.count else { return nil }
    let moved = elements.base[Int(piece.start + piece.count)]
    elements.base[Int(piece.start + place)] = moved
    return moved
  }

  /// Gives back the room of an empty list.
  mutating func release(_ piece: inout Piece) {
    assert(piece.count == 0)
    if piece.room > 0 { free[piece.room.trailingZeroBitCount].append(piece.start) }
    piece = Piece()
  }

  @inline(never)
  private mutating func enlarge(_ piece: inout Piece, filling element: Element) {
    let room = max(2, piece.room * 2)
    let start: Int32
    if let freed = free[room.trailingZeroBitCount].popLast() {
      start = freed
    } else {
      start = Int32(elements.count)
      elements.resizeUninitialised(to: elements.count + Int(room))
    }
    let base = elements.base
    (base + Int(start)).update(from: base + Int(piece.start), count: Int(piece.count))
    if piece.room > 0 { free[piece.room.trailingZeroBitCount].append(piece.start) }
    piece.start = start
    piece.room = room
  }
}
