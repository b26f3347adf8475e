// SPDX-License-Identifier: GPL-3.0-or-later

// A linear program of many blocks that share a little:
//
//   maximise   sum over blocks k of  g_k x_k  +  h y
//   such that  W_k x_k + V_k y  <=  b_k                each block's own few rows
//              sum over k of  A_k x_k  +  U y  <=  d   the links, which all blocks share
//              x, y >= 0,  where no b and no d is below 0
//
// All at nothing is then feasible, so that the simplex method needs no first phase. Of 1,000 jobs
// on 5 types the matrix has 2,005 rows and 5,001 columns, and nearly all of it is nothing.
// `BlockBasis` works block by block and keeps only a matrix of the size of the links.

/// A linear program whose rows fall into blocks of one shape, and a few links between them.
public struct BlockProgram: Sendable {
  /// How many of everything there are; rows and columns are those of one block.
  public struct Shape: Equatable, Sendable {
    public var blocks: Int
    public var rows: Int
    public var columns: Int
    public var links: Int
    /// Columns that are no block's, and may be in the rows of all of them.
    public var commons: Int

    public init(blocks: Int, rows: Int, columns: Int, links: Int, commons: Int) {
      self.blocks = blocks
      self.rows = rows
      self.columns = columns
      self.links = links
      self.commons = commons
    }
  }

  public let shape: Shape
  /// What a unit of each column of each block adds to the objective; columns of a block together.
  public var gains: [Double]
  /// The matrices W; the rows of a column together, the columns of a block together.
  public var within: [Double]
  /// The matrices A; the links of a column together.
  public var across: [Double]
  public var commonGains: [Double]
  /// The matrices V; all rows of all blocks of a common column together.
  public var commonWithin: [Double]
  /// The matrix U; the links of a common column together.
  public var commonAcross: [Double]
  /// What the rows of blocks, and the links, may come to; not below 0.
  public var rowLimits: [Double]
  public var linkLimits: [Double]

  /// A program in which everything is 0.
  public init(_ shape: Shape) {
    func zeros(_ count: Int) -> [Double] { Array(repeating: 0, count: count) }
    self.shape = shape
    let columns = shape.blocks * shape.columns
    gains = zeros(columns)
    within = zeros(columns * shape.rows)
    across = zeros(columns * shape.links)
    commonGains = zeros(shape.commons)
    commonWithin = zeros(shape.commons * shape.blocks * shape.rows)
    commonAcross = zeros(shape.commons * shape.links)
    rowLimits = zeros(shape.blocks * shape.rows)
    linkLimits = zeros(shape.links)
  }
}

/// Why there is no best solution.
public enum LinearProgramError: Error, Equatable, Sendable {
  /// The objective rises without end.
  case unbounded
  /// Rounding keeps the method from an end; no program of ours is known to do that.
  case unfinished
}

/// A best solution, and the prices that prove it.
public struct LinearSolution: Sendable {
  /// The columns of blocks, as in `BlockProgram.gains`.
  public internal(set) var values: [Double]
  public internal(set) var commons: [Double]
  /// What one more of a limit would add to the objective.
  public internal(set) var rowPrices: [Double]
  public internal(set) var linkPrices: [Double]
  public internal(set) var objective: Double
  /// How often the method has exchanged a column for another.
  public internal(set) var steps: Int
}

// MARK: - Variables

// The columns of a block and then the slacks of its rows have numbers together, block by block;
// behind them come the common columns, and behind those the slacks of the links. Within its block
// a variable has a place.

extension BlockProgram.Shape {
  /// The variables of one block: its columns, and a slack for each row.
  var stride: Int { columns + rows }
  var firstCommon: Int { blocks * stride }
  var firstLinkSlack: Int { firstCommon + commons }
  var variables: Int { firstLinkSlack + links }
}

extension BlockProgram {
  /// What a variable of a block has in a row of its block.
  func entry(_ block: Int, _ place: Int, row: Int) -> Double {
    guard place < shape.columns else { return place - shape.columns == row ? 1 : 0 }
    return within[(block * shape.columns + place) * shape.rows + row]
  }

  /// What a variable of a block has in a link.
  func entry(_ block: Int, _ place: Int, link: Int) -> Double {
    place < shape.columns ? across[(block * shape.columns + place) * shape.links + link] : 0
  }

  func gain(_ block: Int, _ place: Int) -> Double {
    place < shape.columns ? gains[block * shape.columns + place] : 0
  }

  /// What a variable that is no block's has in a row of a block.
  func sharedEntry(_ variable: Int, _ block: Int, row: Int) -> Double {
    guard variable < shape.firstLinkSlack else { return 0 }
    return commonWithin[
      ((variable - shape.firstCommon) * shape.blocks + block) * shape.rows + row]
  }

  func sharedEntry(_ variable: Int, link: Int) -> Double {
    guard variable < shape.firstLinkSlack else {
      return variable - shape.firstLinkSlack == link ? 1 : 0
    }
    return commonAcross[(variable - shape.firstCommon) * shape.links + link]
  }

  func sharedGain(_ variable: Int) -> Double {
    variable < shape.firstLinkSlack ? commonGains[variable - shape.firstCommon] : 0
  }
}
