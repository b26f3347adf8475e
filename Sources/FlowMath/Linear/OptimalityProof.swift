// SPDX-License-Identifier: GPL-3.0-or-later

// A solution is best if prices prove it: for prices p >= 0 at which no column gains,
//
//   g x  <=  p A x  <=  p b      for every x that keeps the limits b,
//
// so that a solution whose objective is p b is as good as any.

/// How far a solution and its prices are from proving that nothing is better.
public struct OptimalityProof: Equatable, Sendable {
  /// The most by which a value is below 0 or a limit is passed.
  public var infeasibility = 0.0
  /// The most that a unit of a column would still gain, or by which a price is below 0.
  public var gainLeft = 0.0
  /// What the limits are worth at the prices, less the objective.
  public var gap = 0.0

  /// The proof of what there is nothing of.
  public init() {}
}

extension BlockProgram {
  /// What a solution comes to.
  public func objective(of solution: LinearSolution) -> Double {
    zip(gains, solution.values).reduce(0) { $0 + $1.0 * $1.1 }
      + zip(commonGains, solution.commons).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Works out how good a proof a solution and its prices are, from the program alone.
  public func proof(of solution: LinearSolution) -> OptimalityProof {
    var proof = OptimalityProof()
    let (rows, links) = loads(of: solution)
    for value in solution.values + solution.commons {
      proof.infeasibility = max(proof.infeasibility, -value)
    }
    for (load, limit) in zip(rows + links, rowLimits + linkLimits) {
      proof.infeasibility = max(proof.infeasibility, load - limit)
    }
    for price in solution.rowPrices + solution.linkPrices {
      proof.gainLeft = max(proof.gainLeft, -price)
    }
    proof.gainLeft = max(proof.gainLeft, gainLeft(at: solution))
    let worth = zip(rowLimits + linkLimits, solution.rowPrices + solution.linkPrices)
    proof.gap = worth.reduce(0) { $0 + $1.0 * $1.1 } - objective(of: solution)
    return proof
  }

  /// What rows of blocks and links come to.
  private func loads(of solution: LinearSolution) -> (rows: [Double], links: [Double]) {
    var rows = Array(repeating: 0.0, count: rowLimits.count)
    var links = Array(repeating: 0.0, count: linkLimits.count)
    for (column, value) in solution.values.enumerated() {
      let firstRow = column / shape.columns * shape.rows
      for row in 0..<shape.rows {
        rows[firstRow + row] += within[column * shape.rows + row] * value
      }
      for link in 0..<shape.links { links[link] += across[column * shape.links + link] * value }
    }
    for (common, value) in solution.commons.enumerated() {
      let first = common * rows.count
      for row in rows.indices { rows[row] += commonWithin[first + row] * value }
      for link in links.indices {
        links[link] += commonAcross[common * shape.links + link] * value
      }
    }
    return (rows, links)
  }

  /// The most that a unit of any column gains at the prices of a solution.
  private func gainLeft(at solution: LinearSolution) -> Double {
    var most = gains(at: solution).max() ?? 0
    for (common, gain) in commonGains.enumerated() {
      var gain = gain
      for (row, price) in solution.rowPrices.enumerated() {
        gain -= price * commonWithin[common * rowLimits.count + row]
      }
      for (link, price) in solution.linkPrices.enumerated() {
        gain -= price * commonAcross[common * shape.links + link]
      }
      most = max(most, gain)
    }
    return most
  }

  /// What a unit of each column of a block gains, less what it takes at the prices of a solution.
  public func gains(at solution: LinearSolution) -> [Double] {
    gains.enumerated().map { column, gain in
      var gain = gain
      let firstRow = column / shape.columns * shape.rows
      for row in 0..<shape.rows {
        gain -= solution.rowPrices[firstRow + row] * within[column * shape.rows + row]
      }
      for link in 0..<shape.links {
        gain -= solution.linkPrices[link] * across[column * shape.links + link]
      }
      return gain
    }
  }
}
