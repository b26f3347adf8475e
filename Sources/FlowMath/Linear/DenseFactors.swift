// SPDX-License-Identifier: GPL-3.0-or-later

/// A small square matrix as the product of a lower and an upper triangle, rows exchanged.
///
/// Gaussian elimination that takes the largest pivot of each column; a matrix of the size of a
/// handful of links. (G. H. Golub, C. F. Van Loan, "Matrix Computations", 4th ed., 3.4.)
struct DenseFactors {
  let size: Int
  /// Both triangles, row by row; the ones of the lower one are left out.
  private var entries: [Double]
  /// Which row of the matrix stands in each row of the triangles.
  private var order: [Int]

  /// The factors of a matrix that is given row by row; nil where it has none.
  init?(_ matrix: [Double], size: Int) {
    self.size = size
    entries = matrix
    order = Array(0..<size)
    for column in 0..<size {
      guard exchangeRows(for: column) else { return nil }
      eliminate(below: column)
    }
  }

  /// Brings the largest entry of a column to its place; false where all are nothing.
  private mutating func exchangeRows(for column: Int) -> Bool {
    var best = column
    for row in column..<size
    where abs(entries[row * size + column]) > abs(entries[best * size + column]) {
      best = row
    }
    guard abs(entries[best * size + column]) > 0 else { return false }
    if best != column {
      order.swapAt(best, column)
      for place in 0..<size { entries.swapAt(best * size + place, column * size + place) }
    }
    return true
  }

  private mutating func eliminate(below column: Int) {
    let pivot = entries[column * size + column]
    for row in (column + 1)..<size {
      let factor = entries[row * size + column] / pivot
      entries[row * size + column] = factor
      guard factor != 0 else { continue }
      for place in (column + 1)..<size {
        entries[row * size + place] -= factor * entries[column * size + place]
      }
    }
  }

  /// The x with M x = b.
  func solve(_ right: [Double]) -> [Double] {
    var x = order.map { right[$0] }
    for row in 0..<size {
      for place in 0..<row { x[row] -= entries[row * size + place] * x[place] }
    }
    for row in (0..<size).reversed() {
      for place in (row + 1)..<size {
        x[row] -= entries[row * size + place] * x[place]
      }
      x[row] /= entries[row * size + row]
    }
    return x
  }

  /// The x with x M = b.
  func solveTransposed(_ right: [Double]) -> [Double] {
    var x = right
    for column in 0..<size {
      for place in 0..<column { x[column] -= entries[place * size + column] * x[place] }
      x[column] /= entries[column * size + column]
    }
    for column in (0..<size).reversed() {
      for place in (column + 1)..<size {
        x[column] -= entries[place * size + column] * x[place]
      }
    }
    var answer = x
    for row in 0..<size { answer[order[row]] = x[row] }
    return answer
  }
}
