// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Planning
internal import Results
internal import Text

/// A solver that is run beside this program: it reads a problem from a file, and says what it knows.
protocol Solver {
  /// What it is called.
  static var name: String { get }
  /// What runs it; the problem is written into the folder.
  func words(_ folder: String, seconds: Double) -> [String]
  /// What it needs in the folder besides.
  var files: [(name: String, text: String)] { get }
  /// What it said, out of what it printed and wrote.
  func answer(_ output: String, _ folder: String, _ program: MixedProgram) throws(NoAnswer)
    -> SolverAnswer
}

/// Asks a solver, whichever a plan wants.
struct SolverRun {
  private let choice: SolverChoice
  private let seconds: Double
  /// Asked now and then whether to wait on.
  private let goesOn: () -> Bool

  /// What a solver may take beyond its time to say what it has come to.
  private var grace: Double { max(1, min(10, seconds)) }

  init(_ choice: SolverChoice, seconds: Double, while goesOn: @escaping () -> Bool) {
    self.choice = choice
    self.seconds = seconds
    self.goesOn = goesOn
  }

  /// Nil where nobody is to be asked.
  var ask: AskSolver? {
    switch choice {
    case .none: nil
    case .glpsol: { program throws(NoAnswer) in try answer(program, [Glpsol()]) }
    case .highs: { program throws(NoAnswer) in try answer(program, [Highs()]) }
    case .any: { program throws(NoAnswer) in try answer(program, [Highs(), Glpsol()]) }
    }
  }

  /// That of the first solver that is there.
  private func answer(
    _ program: MixedProgram, _ solvers: [any Solver]
  ) throws(NoAnswer) -> SolverAnswer {
    for solver in solvers {
      if let answer = try answer(program, solver) { return answer }
    }
    throw NoAnswer(
      "how far channels and lines are from the cheapest nobody was asked: there is "
        + (choice == .any
          ? "neither python3 with highspy (pip install highspy) nor glpsol (apt install glpk-utils)"
          : choice == .glpsol
            ? "no glpsol (apt install glpk-utils)"
            : "no python3 with highspy (pip install highspy)"))
  }

  /// Nil where the solver is not there.
  private func answer(
    _ program: MixedProgram, _ solver: any Solver
  ) throws(NoAnswer) -> SolverAnswer? {
    let name = type(of: solver).name
    guard let folder = SolverFolder() else {
      throw NoAnswer("\(name) was not asked: no temporary folder can be made")
    }
    let files = [("problem.lp", program.text)] + solver.files
    guard files.allSatisfy({ folder.write($0.1, to: $0.0) }) else {
      throw NoAnswer("\(name) was not asked: its problem can't be written to \(folder.path)")
    }
    let end = Self.now + seconds + grace
    let words = solver.words(folder.path, seconds: seconds)
    let ran: ForeignProgram?
    do {
      ran = try ForeignProgram(words) { Self.now < end && goesOn() }
    } catch {
      throw NoAnswer("\(name) could not be asked: \(error)")
    }
    guard let ran, ran.code != 127 else { return nil }
    if ran.wasEnded {
      throw NoAnswer(
        "\(name) gave no answer: it did not end by itself within \(formatted(seconds: seconds)) "
          + "and \(formatted(seconds: grace)) more, and was ended")
    }
    guard ran.code != Highs.isMissing else { return nil }
    guard ran.code == 0 else {
      let said = ran.complaint.split(separator: "\n").last.map(String.init) ?? ""
      throw NoAnswer("\(name) gave no answer: it ended with code \(ran.code): \(said)")
    }
    return try solver.answer(ran.output, folder.path, program)
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// A folder of its own for what a solver reads and writes, removed with it.
final class SolverFolder {
  let path: String

  init?() {
    guard let path = try? TemporaryPlace.makeFolder(for: "plan", in: TemporaryPlace.parent) else {
      return nil
    }
    self.path = path
  }

  deinit {
    for name in ["problem.lp", "solve.py", "answer.txt", "log.txt"] { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  func write(_ text: String, to name: String) -> Bool {
    (try? WholeFile.write(text, to: "\(path)/\(name)", replacing: true)) != nil
  }

  /// Empty where there is no such file.
  static func text(of path: String) -> String {
    (try? WholeFile.contents(of: path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
