// SPDX-License-Identifier: GPL-3.0-or-later

extension BlockProgram {
  /// Finds the best solution by the simplex method, from the one in which all is nothing.
  ///
  /// The column of the greatest gain enters. Where so many steps in a row have gained nothing
  /// that the method may be going round, the column of the least number enters and leaves until
  /// one gains, which can't go round (R. G. Bland, Mathematics of Operations Research 2(2), 1977).
  /// No gain above `Simplex.leastGain` is left. The gains, and the entries of each row, should
  /// be of the order of 1, or what is nothing can't be told from what is small.
  ///
  /// - Complexity: Time in proportion to the variables at each step; steps are about as many as
  ///   rows.
  public func maximised() throws(LinearProgramError) -> LinearSolution {
    var simplex = Simplex(self)
    return try simplex.solve()
  }
}

/// A walk from corner to corner of a block program, each no worse than the last.
struct Simplex {
  /// A unit of a column that gains less than this gains nothing.
  static let leastGain = 1e-11
  /// By how much rounding may leave a variable below 0.
  private static let slack = 1e-12
  /// A basic variable that moves less than this for a unit of a column does not move.
  private static let leastMove = 1e-9

  private let program: BlockProgram
  private var basis: BlockBasis
  private var isBasic: [Bool]
  /// What each basic variable is; of others nothing is said.
  private var values: [Double]
  /// How much each basic variable falls for a unit of the column that enters.
  private var falls: [Double]
  private var rowPrices: [Double]
  private var linkPrices: [Double]
  /// After so many steps in a row that gain nothing the method may be going round.
  private let patience: Int
  private var steps = 0
  /// Steps since one has last gained something.
  private var idleSteps = 0

  /// A walk from where all is nothing, a corner of so many rows that a step for each is usual.
  init(_ program: BlockProgram, patience: Int? = nil) {
    self.patience = patience ?? 100 + program.rowLimits.count
    let shape = program.shape
    self.program = program
    basis = BlockBasis(program)
    values = Array(repeating: 0, count: shape.variables)
    falls = values
    isBasic = Array(repeating: false, count: shape.variables)
    rowPrices = Array(repeating: 0, count: shape.blocks * shape.rows)
    linkPrices = Array(repeating: 0, count: shape.links)
    for block in 0..<shape.blocks {
      for row in 0..<shape.rows { isBasic[block * shape.stride + shape.columns + row] = true }
    }
    for link in 0..<shape.links { isBasic[shape.firstLinkSlack + link] = true }
  }

  mutating func solve() throws(LinearProgramError) -> LinearSolution {
    let most = 1000 + 50 * program.shape.variables
    while steps < most {
      basis.solve(rows: program.rowLimits, links: program.linkLimits, into: &values)
      basis.price(rows: &rowPrices, links: &linkPrices)
      let isStuck = idleSteps > patience
      guard let entering = isStuck ? firstThatGains() : bestThatGains() else { return solution() }
      findFalls(for: entering)
      guard let leaving = isStuck ? firstToLeave() : surestToLeave() else { throw .unbounded }
      let length = max(values[leaving], 0) / falls[leaving]
      idleSteps = length > Self.slack ? 0 : idleSteps + 1
      guard basis.exchange(leaving, for: entering) else { throw .unfinished }
      isBasic[leaving] = false
      isBasic[entering] = true
      steps += 1
    }
    throw .unfinished
  }

  private func solution() -> LinearSolution {
    let shape = program.shape
    func value(_ variable: Int) -> Double { isBasic[variable] ? max(values[variable], 0) : 0 }
    var solution = LinearSolution(
      values: [], commons: (0..<shape.commons).map { value(shape.firstCommon + $0) },
      rowPrices: rowPrices, linkPrices: linkPrices, objective: 0, steps: steps)
    for block in 0..<shape.blocks {
      for place in 0..<shape.columns { solution.values.append(value(block * shape.stride + place)) }
    }
    solution.objective = program.objective(of: solution)
    return solution
  }
}

// MARK: - Which column enters

extension Simplex {
  private func bestThatGains() -> Int? {
    var best: Int?
    var most = Self.leastGain
    for block in 0..<program.shape.blocks {
      for place in 0..<program.shape.stride {
        let variable = block * program.shape.stride + place
        guard !isBasic[variable] else { continue }
        let gain = gain(block, place)
        if gain > most { (best, most) = (variable, gain) }
      }
    }
    for variable in program.shape.firstCommon..<program.shape.variables where !isBasic[variable] {
      let gain = sharedGain(variable)
      if gain > most { (best, most) = (variable, gain) }
    }
    return best
  }

  private func firstThatGains() -> Int? {
    let shape = program.shape
    return (0..<shape.variables).first { variable in
      guard !isBasic[variable] else { return false }
      let gain =
        variable < shape.firstCommon
        ? gain(variable / shape.stride, variable % shape.stride) : sharedGain(variable)
      return gain > Self.leastGain
    }
  }

  /// What a unit of a variable adds, less what it takes of rows and links at their prices.
  private func gain(_ block: Int, _ place: Int) -> Double {
    let shape = program.shape
    guard place < shape.columns else {
      return -rowPrices[block * shape.rows + place - shape.columns]
    }
    let column = block * shape.columns + place
    var gain = program.gains[column]
    for row in 0..<shape.rows {
      gain -= rowPrices[block * shape.rows + row] * program.within[column * shape.rows + row]
    }
    for link in 0..<shape.links {
      gain -= linkPrices[link] * program.across[column * shape.links + link]
    }
    return gain
  }

  private func sharedGain(_ variable: Int) -> Double {
    let shape = program.shape
    guard variable < shape.firstLinkSlack else {
      return -linkPrices[variable - shape.firstLinkSlack]
    }
    let common = variable - shape.firstCommon
    var gain = program.commonGains[common]
    let first = common * shape.blocks * shape.rows
    for row in rowPrices.indices { gain -= rowPrices[row] * program.commonWithin[first + row] }
    for link in 0..<shape.links {
      gain -= linkPrices[link] * program.commonAcross[common * shape.links + link]
    }
    return gain
  }
}

// MARK: - Which one leaves

extension Simplex {
  private mutating func findFalls(for entering: Int) {
    let shape = program.shape
    var rows = Array(repeating: 0.0, count: shape.blocks * shape.rows)
    var links = Array(repeating: 0.0, count: shape.links)
    if entering < shape.firstCommon {
      let (block, place) = entering.quotientAndRemainder(dividingBy: shape.stride)
      for row in 0..<shape.rows {
        rows[block * shape.rows + row] = program.entry(block, place, row: row)
      }
      for link in 0..<shape.links { links[link] = program.entry(block, place, link: link) }
    } else {
      for index in rows.indices {
        rows[index] = program.sharedEntry(
          entering, index / shape.rows, row: index % shape.rows)
      }
      for link in 0..<shape.links { links[link] = program.sharedEntry(entering, link: link) }
    }
    basis.solve(rows: rows, links: links, into: &falls)
  }

  /// Of those that come to 0 first, but for rounding, the one that falls most.
  ///
  /// (P. M. J. Harris, Mathematical Programming 5, 1973.)
  private func surestToLeave() -> Int? {
    var shortest = Double.infinity
    forEachFalling { shortest = min(shortest, (max(values[$0], 0) + Self.slack) / falls[$0]) }
    var leaving: Int?
    forEachFalling { variable in
      guard max(values[variable], 0) / falls[variable] <= shortest else { return }
      if falls[variable] > leaving.map({ falls[$0] }) ?? 0 { leaving = variable }
    }
    return leaving
  }

  /// Of those that come to 0 first, the one of the least number.
  private func firstToLeave() -> Int? {
    var shortest = Double.infinity
    forEachFalling { shortest = min(shortest, max(values[$0], 0) / falls[$0]) }
    var leaving: Int?
    forEachFalling { variable in
      guard max(values[variable], 0) / falls[variable] <= shortest + Self.slack else { return }
      leaving = min(leaving ?? variable, variable)
    }
    return leaving
  }

  private func forEachFalling(_ body: (Int) -> Void) {
    let shape = program.shape
    for block in 0..<shape.blocks {
      for index in 0..<basis.ownCount[block] {
        let variable = block * shape.stride + basis.place(block, index)
        if falls[variable] > Self.leastMove { body(variable) }
      }
    }
    for variable in basis.shared where falls[variable] > Self.leastMove { body(variable) }
  }
}
