// SPDX-License-Identifier: GPL-3.0-or-later

/// Records known by an index that is used again once its record is gone.
package struct SlotStore<Record: BitwiseCopyable & Sendable>: Sendable {
  private var records: [Record] = []
  private var isTaken: [Bool] = []
  private var free: [Int32] = []
  package private(set) var count = 0

  package init() {}

  /// One more than the largest index in use so far.
  package var bound: Int32 { Int32(records.count) }

  package subscript(index: Int32) -> Record {
    get { records[Int(index)] }
    _modify { yield &records[Int(index)] }
  }

  package func contains(_ index: Int32) -> Bool { isTaken[Int(index)] }

  package mutating func add(_ record: Record) -> Int32 {
    count += 1
    guard let index = free.popLast() else {
      records.append(record)
      isTaken.append(true)
      return Int32(records.count - 1)
    }
    records[Int(index)] = record
    isTaken[Int(index)] = true
    return index
  }

  /// Removes a record and gives it.
  package mutating func take(_ index: Int32) -> Record {
    remove(index)
    return records[Int(index)]
  }

  package mutating func remove(_ index: Int32) {
    precondition(isTaken[Int(index)], "a record is removed once")
    count -= 1
    isTaken[Int(index)] = false
    free.append(index)
  }

  /// The indices in use, in order.
  package var indices: [Int32] { (0..<bound).filter { isTaken[Int($0)] } }
}
