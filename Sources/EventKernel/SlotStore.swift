// SPDX-License-Identifier: GPL-3.0-or-later

/// Records known by a position that is used again once its record is gone.
///
/// A record that is gone stays where it was until its position is used again, with what it holds.
/// Public for the same reason as `Position`.
public struct SlotStore<Record: Sendable>: Sendable {
  private var records: [Record] = []
  private var isTaken: [Bool] = []
  private var free: [Position<Record>] = []
  public private(set) var count = 0

  public init() {}

  public subscript(position: Position<Record>) -> Record {
    get { records[position.index] }
    _modify { yield &records[position.index] }
  }

  public func contains(_ position: Position<Record>) -> Bool { isTaken[position.index] }

  public mutating func add(_ record: Record) -> Position<Record> {
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
  public mutating func take(_ position: Position<Record>) -> Record {
    remove(position)
    return records[position.index]
  }

  public mutating func remove(_ position: Position<Record>) {
    precondition(isTaken[position.index], "a record is removed once")
    count -= 1
    isTaken[position.index] = false
    free.append(position)
  }

  /// The positions in use, in order.
  public var positions: [Position<Record>] {
    isTaken.indices.filter { isTaken[$0] }.map { Position($0) }
  }
}
