// SPDX-License-Identifier: GPL-3.0-or-later

/// Records known by their number, of which the oldest are given up one after the other.
struct TrailingStore<Record> {
  private var records: [Record] = []
  /// Those at the start of the array that are given up.
  private var gone = 0
  /// The numbers of those that are kept.
  private(set) var numbers = 0..<0

  subscript(number: Int) -> Record {
    get { records[place(of: number)] }
    _modify { yield &records[place(of: number)] }
  }

  /// Adds a record with the next number.
  mutating func append(_ record: Record) {
    records.append(record)
    numbers = numbers.lowerBound..<numbers.upperBound + 1
  }

  /// Gives up the oldest.
  mutating func removeFirst() {
    precondition(!numbers.isEmpty, "there is a record to give up")
    numbers = numbers.lowerBound + 1..<numbers.upperBound
    gone += 1
    // What is moved is no more than what was given up since it was last moved.
    guard gone > 64, 2 * gone > records.count else { return }
    records.removeFirst(gone)
    gone = 0
  }

  private func place(of number: Int) -> Int {
    precondition(numbers.contains(number), "the record has not been given up")
    return number - numbers.lowerBound + gone
  }
}
