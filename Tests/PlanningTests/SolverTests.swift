// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Planning

/// The programs that solvers get: real builds are allowed in them, so that what is proved counts.
@Suite struct SolverTests {
  @Test func aProgramIsWrittenAsSolversReadIt() {
    var program = MixedProgram()
    let count = program.addVariable(cost: 3, most: 4, isWhole: true)
    let flow = program.addVariable()
    program.addRow([.init(2, count), .init(-1, flow)], .atLeast, 0.5)
    program.addRow([.init(1, flow)], .equal, 2)
    let lines = [
      "Minimize", " cost: + 3.0 x0", "Subject To", " r0: + 2.0 x0 - 1.0 x1 >= 0.5",
      " r1: + 1.0 x1 = 2.0", "Bounds", " 0 <= x0 <= 4.0", "General", " x0", "End", "",
    ]
    #expect(program.text == lines.joined(separator: "\n"))
    #expect(program.allows([2, 2]) && !program.allows([1, 2]) && !program.allows([1.5, 2]))
    #expect(!program.allows([5, 2]) && !program.allows([2, 1]))
    #expect(program.cost(of: [2, 2]) == 6)
    #expect(program.variablesAsTheyCome == [0, 1])
  }

  /// What is found without loss is the least that its program allows, link by link.
  @Test func withoutLossTheProgramAllowsTheBuildAndNothingLess() throws {
    var draws = Draws(8)
    var built = 0
    for index in 0..<20 {
      let sample = try BuildSample(
        BuildSample.square(&draws),
        """
        failures: \(index.isMultiple(of: 2) ? "none" : "single")
        fill: 70 %
        levels: [{loss: 0 %}]
        build: {lines: {capacity: 1 Gbps, price: 10}}
        """)
      let found = try sample.found()
      let problem = ChannelProblem(try sample.screen(), existing: Build())
      let counts = problem.parts.map { Double(found.build.lines[$0.name] ?? 0) }
      #expect(problem.program.allows(counts, but: 1e-9))
      for (place, count) in counts.enumerated() where count > 0 {
        var less = counts
        less[place] -= 1
        #expect(!problem.program.allows(less, but: 1e-9))
        built += 1
      }
    }
    #expect(built > 40)
  }

  /// What streams really lose, as the network thins them out, is allowed where the levels hold.
  @Test func whateverANetworkLosesTheProgramAllows() throws {
    var draws = Draws(9)
    var held = 0
    for _ in 0..<20 {
      let sample = try BuildSample(
        BuildSample.square(&draws),
        """
        levels: [{loss: \(2 + draws.below(30)) %}]
        build: {lines: {capacity: 1 Gbps, price: 10}}
        """)
      let screen = try sample.screen()
      let problem = ChannelProblem(screen, existing: Build())
      for _ in 0..<10 {
        var build = Build()
        for part in problem.parts { build.lines[part.name] = draws.below(4) }
        let states = try #require(screen.states(screen.limits(build), jobs: 1) { _ in true })
        guard screen.holds(states) else { continue }
        held += 1
        let counts = problem.parts.map { Double(build.lines[$0.name] ?? 0) }
        let streams = screen.screening.traffic.streams
        let losses = losses(streams, states[0].state)
        let unit = streams.map { $0.rates[0] }.max() ?? 1
        #expect(problem.program.allows(counts + losses.map { $0 / unit }))
      }
    }
    #expect(held > 20)
  }

  /// What each of some demands loses where every full link lets the same part of each through.
  private func losses(_ streams: [ScreenedStream], _ state: ScreenedState) -> [Double] {
    var parts = state.capacities.map { _ in 1.0 }
    for _ in 0..<200 {
      var asked = parts.map { _ in 0.0 }
      for stream in streams {
        var rate = stream.rates[0]
        for link in stream.links {
          asked[Int(link)] += rate
          rate *= parts[Int(link)]
        }
      }
      parts = zip(state.capacities, asked).map { $1 > $0 ? $0 / $1 : 1 }
    }
    return streams.map { stream in
      stream.rates[0] * (1 - stream.links.reduce(1) { $0 * parts[Int($1)] })
    }
  }

  // MARK: - What is made of answers

  private static let lossy = """
    levels: [{loss: 30 %}]
    build: {lines: {capacity: 1 Gbps, price: 10}}
    """

  @Test func aBoundIsSetBesideTheCost() throws {
    var draws = Draws(5)
    let sample = try BuildSample(BuildSample.square(&draws), Self.lossy)
    let alone = try sample.found()
    #expect(alone.bound == nil && alone.cost > 10)
    let found = try sample.found { _ in
      SolverAnswer(solver: "someone", state: .outOfTime, bound: alone.cost - 5)
    }
    let bound = try #require(found.bound)
    #expect(bound.cost == alone.cost && bound.bound == alone.cost - 5)
    #expect(bound.gap == 5 / alone.cost)
    #expect(bound.text.contains("its time was over"))
    let failed = try sample.found { _ throws(NoAnswer) in throw NoAnswer("nobody is there") }
    #expect(failed.bound?.failure == "nobody is there" && failed.bound?.gap == nil)
    #expect(failed.cost == alone.cost)
  }

  /// A build of a solver is taken where the network itself agrees, and not where it does not.
  @Test func whatASolverFindsIsTriedBeforeItIsTaken() throws {
    var draws = Draws(5)
    let sample = try BuildSample(BuildSample.square(&draws), Self.lossy)
    let alone = try sample.found()
    let found = try sample.found { program in
      SolverAnswer(
        solver: "dreamer", state: .optimal, bound: 0, cost: 0,
        values: program.variables.map { _ in 0 })
    }
    #expect(found.build == alone.build && found.bound?.isOfSolver == false)
    #expect(found.levels.allSatisfy { $0.holds })
  }
}
