// SPDX-License-Identifier: GPL-3.0-or-later

// The basis of a block program. Of the rows of each block as many as possible are solved for basic
// variables of the block itself (its pivots): with P those columns in those rows,
//
//   x_P = P^-1 (b - what other variables have in these rows)
//
// What remains is the border: the links, rows of blocks that found no pivot (there is one at most
// for each common column that is basic), and as many columns: common ones, slacks of links, and
// the basic variables that blocks have beyond their pivots. Putting x_P into the rows of the
// border leaves a small square matrix, the Schur complement, with dense factors. So a step costs
// time in proportion to the blocks and not to their square, and all is made anew from the program
// at each step, by which no rounding adds up.
// (G. B. Dantzig, R. M. Van Slyke, "Generalized upper bounding techniques", Journal of Computer
// and System Sciences 1(3), 1967, for blocks of one row.)

/// Which variables are basic, and what solves equations of them.
struct BlockBasis {
  /// A row of a block.
  struct BlockRow {
    var block: Int
    var row: Int
  }

  /// A column of the border: a variable that is no block's, or one beyond a block's pivots.
  enum BorderColumn {
    case own(block: Int, place: Int)
    case shared(Int)
  }

  /// What is smaller is no pivot of a block.
  private static let leastPivot = 1e-9

  let program: BlockProgram
  /// The places of the basic variables of each block, its pivots first.
  private var own: [Int]
  private(set) var ownCount: [Int]
  /// The basic variables that are no block's.
  private(set) var shared: [Int]
  /// How many rows of each block have a pivot.
  var pivots: [Int]
  /// The rows of each block, those with pivots first, in the order of the pivots.
  private var rowOrder: [Int]
  /// The inverse of the pivots' matrix of each block, a row for each pivot.
  private var inverses: [Double]
  /// What a pivot of each block comes to for a unit of a common column; pivots of a block together.
  private var spread: [Double]
  /// Rows of blocks without a pivot; the links come behind them.
  var borderRows: [BlockRow] = []
  var borderColumns: [BorderColumn] = []
  var borderFactors: DenseFactors?

  /// The basis of slacks alone: all is nothing.
  init(_ program: BlockProgram) {
    let shape = program.shape
    self.program = program
    own = Array(repeating: 0, count: shape.blocks * shape.stride)
    ownCount = Array(repeating: shape.rows, count: shape.blocks)
    shared = (0..<shape.links).map { shape.firstLinkSlack + $0 }
    pivots = Array(repeating: 0, count: shape.blocks)
    rowOrder = Array(repeating: 0, count: shape.blocks * shape.rows)
    inverses = Array(repeating: 0, count: shape.blocks * shape.rows * shape.rows)
    spread = Array(repeating: 0, count: shape.commons * shape.blocks * shape.rows)
    for block in 0..<shape.blocks {
      for row in 0..<shape.rows { own[block * shape.stride + row] = shape.columns + row }
      choosePivots(of: block)
    }
    makeBorder()
  }

  /// Lets one variable in for another; false where rounding leaves equations without an answer.
  mutating func exchange(_ leaving: Int, for entering: Int) -> Bool {
    let stride = program.shape.stride
    remove(leaving)
    add(entering)
    for variable in [leaving, entering] where variable < program.shape.firstCommon {
      choosePivots(of: variable / stride)
    }
    makeBorder()
    return borderFactors != nil
  }

  private mutating func add(_ variable: Int) {
    let shape = program.shape
    guard variable < shape.firstCommon else { return shared.append(variable) }
    let (block, place) = variable.quotientAndRemainder(dividingBy: shape.stride)
    own[block * shape.stride + ownCount[block]] = place
    ownCount[block] += 1
  }

  private mutating func remove(_ variable: Int) {
    let shape = program.shape
    guard variable < shape.firstCommon else { return shared.removeAll { $0 == variable } }
    let (block, place) = variable.quotientAndRemainder(dividingBy: shape.stride)
    let first = block * shape.stride
    ownCount[block] -= 1
    for index in first..<first + ownCount[block] where own[index] == place {
      own.swapAt(index, first + ownCount[block])
    }
  }
}

extension BlockBasis {
  /// The place of a basic variable of a block; pivots have the first indices.
  func place(_ block: Int, _ index: Int) -> Int { own[block * program.shape.stride + index] }

  /// The row of a block that a pivot is solved from; rows without pivots come last.
  func row(_ block: Int, _ index: Int) -> Int { rowOrder[block * program.shape.rows + index] }

  func inverse(_ block: Int, _ pivot: Int, _ row: Int) -> Double {
    inverses[(block * program.shape.rows + pivot) * program.shape.rows + row]
  }

  func spread(ofCommon common: Int, _ block: Int, _ pivot: Int) -> Double {
    spread[(common * program.shape.blocks + block) * program.shape.rows + pivot]
  }
}

// MARK: - Pivots

extension BlockBasis {
  /// Solves as many rows of a block as its basic variables can, largest pivots first.
  private mutating func choosePivots(of block: Int) {
    let rows = program.shape.rows
    let (first, count) = (block * program.shape.stride, ownCount[block])
    for row in 0..<rows { rowOrder[block * rows + row] = row }
    var matrix = (0..<rows).map { row in
      (0..<count).map { program.entry(block, own[first + $0], row: row) }
    }
    var found = 0
    while found < min(rows, count), let (row, column) = largest(in: matrix, beyond: found) {
      matrix.swapAt(row, found)
      rowOrder.swapAt(block * rows + row, block * rows + found)
      for index in 0..<rows { matrix[index].swapAt(column, found) }
      own.swapAt(first + column, first + found)
      eliminate(found, in: &matrix)
      found += 1
    }
    pivots[block] = found
    invertPivots(of: block)
  }

  /// The largest entry that is neither in the first rows nor in the first columns.
  private func largest(in matrix: [[Double]], beyond found: Int) -> (row: Int, column: Int)? {
    var best: (row: Int, column: Int)?
    var size = Self.leastPivot
    for row in found..<matrix.count {
      for column in found..<matrix[row].count where abs(matrix[row][column]) > size {
        (best, size) = ((row, column), abs(matrix[row][column]))
      }
    }
    return best
  }

  private func eliminate(_ pivot: Int, in matrix: inout [[Double]]) {
    for row in (pivot + 1)..<matrix.count {
      let factor = matrix[row][pivot] / matrix[pivot][pivot]
      for column in pivot..<matrix[row].count {
        matrix[row][column] -= factor * matrix[pivot][column]
      }
    }
  }

  private mutating func invertPivots(of block: Int) {
    let (rows, count) = (program.shape.rows, pivots[block])
    var matrix: [Double] = []
    for row in 0..<count {
      for pivot in 0..<count {
        matrix.append(program.entry(block, place(block, pivot), row: self.row(block, row)))
      }
    }
    guard let factors = DenseFactors(matrix, size: count) else {
      return pivots[block] = 0
    }
    for row in 0..<count {
      let column = factors.solve((0..<count).map { $0 == row ? 1 : 0 })
      for pivot in 0..<count { inverses[(block * rows + pivot) * rows + row] = column[pivot] }
    }
    for common in 0..<program.shape.commons { spreadCommon(common, over: block) }
  }

  private mutating func spreadCommon(_ common: Int, over block: Int) {
    let first = (common * program.shape.blocks + block) * program.shape.rows
    for pivot in 0..<pivots[block] {
      spread[first + pivot] = (0..<pivots[block]).reduce(0) {
        $0 + inverse(block, pivot, $1) * program.commonWithin[first + row(block, $1)]
      }
    }
  }
}
