// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// The simplex method over blocks, by proofs that need no other solver, and by all corners.
@Suite struct BlockProgramTests {
  private typealias Shape = BlockProgram.Shape

  private static let shapes = [
    Shape(blocks: 1, rows: 0, columns: 3, links: 4, commons: 0),
    Shape(blocks: 5, rows: 1, columns: 3, links: 2, commons: 0),
    Shape(blocks: 6, rows: 2, columns: 3, links: 3, commons: 1),
    Shape(blocks: 4, rows: 3, columns: 4, links: 1, commons: 2),
    Shape(blocks: 3, rows: 2, columns: 1, links: 0, commons: 2),
  ]

  /// Entries of few values, so that corners have many more rows than they need.
  private func random(_ shape: BlockProgram.Shape, _ random: inout TestRandom) -> BlockProgram {
    var program = BlockProgram(shape)
    func fill(_ values: inout [Double], _ range: ClosedRange<Int>, _ random: inout TestRandom) {
      for index in values.indices { values[index] = Double(Int.random(in: range, using: &random)) }
    }
    fill(&program.gains, -1...3, &random)
    fill(&program.within, -1...2, &random)
    fill(&program.across, 0...2, &random)
    fill(&program.commonGains, 0...1, &random)
    fill(&program.commonWithin, -1...1, &random)
    fill(&program.commonAcross, 0...1, &random)
    fill(&program.rowLimits, 0...2, &random)
    fill(&program.linkLimits, 0...4, &random)
    return program
  }

  /// Nothing is better than a solution with a proof, and what has none has no best.
  @Test func pricesProveThatNothingIsBetter() {
    var random = TestRandom(state: 7)
    var proved = 0
    var worst = 0.0
    for shape in Self.shapes {
      for _ in 0..<20 {
        let program = self.random(shape, &random)
        // Without patience all steps are those that can't go round.
        var objectives: [Double?] = []
        for patience in [nil, -1] {
          var simplex = Simplex(program, patience: patience)
          let solution = try? simplex.solve()
          objectives.append(solution?.objective)
          guard let solution else { continue }
          let proof = program.proof(of: solution)
          worst = max(worst, proof.infeasibility, proof.gainLeft, abs(proof.gap))
          proved += 1
        }
        let (first, second) = (objectives[0], objectives[1])
        if (first == nil) != (second == nil) { worst = .infinity }
        worst = max(worst, abs((first ?? 0) - (second ?? 0)))
      }
    }
    #expect(worst < 1e-9)
    #expect(proved > 100)
  }

  /// The best of all corners, each found by solving as many rows as there are columns.
  @Test func noCornerIsBetter() throws {
    var random = TestRandom(state: 11)
    for _ in 0..<8 {
      var program = BlockProgram(Shape(blocks: 2, rows: 2, columns: 1, links: 1, commons: 1))
      for index in 0..<2 {
        program.gains[index] = Double.random(in: 0.5...2, using: &random)
        program.across[index] = Double.random(in: 0.5...2, using: &random)
      }
      for index in 0..<4 {
        program.within[index] = Double.random(in: -1...1, using: &random)
        program.commonWithin[index] = Double.random(in: -1...1, using: &random)
        program.rowLimits[index] = Double.random(in: 0...2, using: &random)
      }
      program.commonGains[0] = Double.random(in: -1...2, using: &random)
      program.commonAcross[0] = 1
      program.linkLimits[0] = 3
      let best = try program.maximised()
      #expect(abs(best.objective - bestCorner(of: program)) < 1e-9)
    }
  }

  /// Rows over x1, x2, y with what they may come to, those that nothing is below 0 among them.
  private func bestCorner(of program: BlockProgram) -> Double {
    var rows: [(entries: [Double], limit: Double)] = (0..<4).map { row in
      var entries = [0, 0, program.commonWithin[row]]
      entries[row / 2] = program.within[row]
      return (entries, program.rowLimits[row])
    }
    rows.append((program.across + [1], 3))
    for index in 0..<3 { rows.append(((0..<3).map { $0 == index ? -1 : 0 }, 0)) }
    var best = -Double.infinity
    for first in rows.indices {
      for second in first + 1..<rows.count {
        for third in second + 1..<rows.count {
          let chosen = [rows[first], rows[second], rows[third]]
          guard let factors = DenseFactors(chosen.flatMap(\.entries), size: 3) else { continue }
          let point = factors.solve(chosen.map(\.limit))
          let isInside = rows.allSatisfy { row in
            zip(row.entries, point).reduce(0) { $0 + $1.0 * $1.1 } <= row.limit + 1e-9
          }
          let gains = program.gains + program.commonGains
          if isInside { best = max(best, zip(gains, point).reduce(0) { $0 + $1.0 * $1.1 }) }
        }
      }
    }
    return best
  }

  /// The program on which the method goes round where the first of equal rows leaves.
  ///
  /// (E. M. L. Beale, Naval Research Logistics Quarterly 2, 1955; the optimum is 1/20.)
  @Test(arguments: [nil, -1]) func bealesProgramHasAnEnd(patience: Int?) throws {
    var program = BlockProgram(Shape(blocks: 1, rows: 0, columns: 4, links: 3, commons: 0))
    program.gains = [0.75, -150, 0.02, -6]
    program.across = [0.25, 0.5, 0, -60, -90, 0, -0.04, -0.02, 1, 9, 3, 0]
    program.linkLimits = [0, 0, 1]
    var simplex = Simplex(program, patience: patience)
    #expect(abs(try simplex.solve().objective - 0.05) < 1e-12)
  }

  @Test func whatHasNoLimitIsSaid() {
    var program = BlockProgram(Shape(blocks: 1, rows: 1, columns: 2, links: 1, commons: 0))
    program.gains = [1, 1]
    program.within = [1, -1]
    #expect(throws: LinearProgramError.unbounded) { try program.maximised() }
  }
}
