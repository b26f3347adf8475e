// SPDX-License-Identifier: GPL-3.0-or-later

/// Records known by a position that is used again once its record is gone.
package struct SlotStore<Record: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline var records: [Record] = []
  @usableFromInline var isTaken: [Bool] = []
  @usableFromInline var free: [Position<Record>] = []
  package var count = 0

  @inlinable
  package init() {}

  @inlinable
  package subscript(position: Position<Record>) -> Record {
    get { records[position.index] }
    _modify { yield &records[position.index] }
  }

  @inlinable
  package func contains(_ position: Position<Record>) -> Bool { isTaken[position.index] }

  @inlinable
  package mutating func add(_ record: Record) -> Position<Record> {
    count += 1
    guard let position = free.popLast() else {
      records.append(record)
      isTaken.append(true)
      return Position(records.count - 1)
    }
    records[position.index] = record
    isTaken[position.index] = true
    return position
  }

  /// Removes a record and gives it.
  @inlinable
  package mutating func take(_ position: Position<Record>) -> Record {
    remove(position)
    return records[position.index]
  }

  @inlinable
  package mutating func remove(_ position: Position<Record>) {
    precondition(isTaken[position.index], "a record is removed once")
    count -= 1
    isTaken[position.index] = false
    free.append(position)
  }

  /// The positions in use, in order.
  @inlinable
  package var positions: [Position<Record>] {
    isTaken.indices.filter { isTaken[$0] }.map { Position($0) }
  }
}
