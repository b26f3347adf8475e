// SPDX-License-Identifier: GPL-3.0-or-later

/// Which rows of a spectrum the fibres of a plant have.
public enum StrandLayout: String, CaseIterable, Sendable {
  /// A lightpath takes both directions of a fibre at once: a fibre is a row.
  case twoWay = "two-way"
  /// Each direction has its own spectrum: from its first site to its second a fibre is the row of
  /// twice its position, and the other way the next one.
  case oneWay = "one-way"

  public func rowCount(of plant: FibrePlant) -> Int {
    self == .twoWay ? plant.fibres.count : 2 * plant.fibres.count
  }

  /// All rows of a fibre: what a cut takes away.
  public func rows(of fibre: FibreID) -> [Int32] {
    self == .twoWay ? [fibre.index] : [2 * fibre.index, 2 * fibre.index + 1]
  }

  /// The rows that a lightpath takes along a path, in its order.
  public func rows(of path: FibrePath, in plant: FibrePlant) -> [Int32] {
    guard self == .oneWay else { return path.fibres.map(\.index) }
    return zip(path.sites, path.fibres).map { site, fibre in
      2 * fibre.index + (site == plant[fibre].first ? 0 : 1)
    }
  }
}

/// A set of strands by their rows, such as those of fibres that are cut.
public struct StrandSet: Sendable {
  private var words: [UInt64]
  public private(set) var count = 0

  public init(rows: Int) {
    words = Array(repeating: 0, count: (rows + 63) / 64)
  }

  public var isEmpty: Bool { count == 0 }

  public func contains(_ row: Int32) -> Bool {
    words[Int(row) / 64] >> UInt64(row % 64) & 1 == 1
  }

  public mutating func insert(_ row: Int32) {
    guard !contains(row) else { return }
    words[Int(row) / 64] |= 1 << UInt64(row % 64)
    count += 1
  }

  public mutating func remove(_ row: Int32) {
    guard contains(row) else { return }
    words[Int(row) / 64] &= ~(1 << UInt64(row % 64))
    count -= 1
  }
}
