// SPDX-License-Identifier: GPL-3.0-or-later
internal import FlowMath
internal import Simulator

/// Runs drawn scenarios in this process, and looks for what can't be.
///
///     let swarm = Swarm()
///     let result = swarm?.test(SwarmScenario(seed: 7))
///
/// Each is run twice, with another stride, and must give the same bytes; then once more as a twin
/// of which it is known how it differs.
public final class Swarm {
  public enum Result: Sendable {
    case sound(events: Int)
    /// It is larger than the swarm cares for.
    case skipped
    case found([Finding])
  }

  private let scratch: Scratch

  /// Nil where no temporary folder can be made.
  public init?() {
    guard let scratch = Scratch() else { return nil }
    self.scratch = scratch
  }

  public func test(_ scenario: SwarmScenario) -> Result {
    do throws(SwarmError) {
      let run = try self.run(scenario)
      var findings = Check.findings(in: run)
      findings += try repeated(scenario, run)
      let twin = Twin.all[Int(scenario.seed % UInt64(Twin.all.count))]
      findings += try compared(scenario, run, twin)
      return findings.isEmpty ? .sound(events: run.outcome.events) : .found(findings)
    } catch {
      return Swarm.result(of: error)
    }
  }

  /// Cuts off all that the first thing found does not need.
  public func shrunk(_ scenario: SwarmScenario, _ findings: [Finding]) -> SwarmScenario {
    guard let check = findings.first?.check else { return scenario }
    var smallest = scenario
    var part = 0
    var trials = 0
    while trials < 400, let root = smallest.root.without(part: part) {
      trials += 1
      let trial = smallest.with(root)
      if case .found(let still) = test(trial), still.contains(where: { $0.check == check }) {
        smallest = trial
      } else {
        part += 1
      }
    }
    return smallest
  }

  /// Writes the files of a scenario into a folder, and gives the path of the scenario's own.
  @discardableResult
  public func write(_ scenario: SwarmScenario, to folder: String, as name: String) -> String? {
    for (name, text) in scenario.files where !Scratch.write(text, to: "\(folder)/\(name)") {
      return nil
    }
    let path = "\(folder)/\(name).yaml"
    return Scratch.write(scenario.text, to: path) ? path : nil
  }

  // MARK: - Runs

  private func run(_ scenario: SwarmScenario, instants: Int = 512) throws(SwarmError) -> SwarmRun {
    guard let file = write(scenario, to: scratch.path, as: "scenario") else { throw .noFolder }
    // So few flow classes are never put in groups by themselves.
    return try SwarmRun(
      file: file, folder: scratch.path + "/run", instants: instants,
      sharing: scenario.seed % 2 == 0 ? .asMeasured : .groups)
  }

  private func repeated(
    _ scenario: SwarmScenario, _ run: SwarmRun
  ) throws(SwarmError) -> [Finding] {
    var findings = Findings("a scenario gives the same bytes each time")
    let again = try self.run(scenario, instants: 1)
    Twin.requireSame(run, again, &findings)
    return findings.all
  }

  private func compared(
    _ scenario: SwarmScenario, _ run: SwarmRun, _ twin: Twin
  ) throws(SwarmError) -> [Finding] {
    guard let other = twin.make(scenario, run) else { return [] }
    var findings = Findings(twin.name)
    do throws(SwarmError) {
      twin.compare(run, try self.run(other), &findings)
    } catch .refused(let text) {
      findings.add("it is not taken: \(text)")
    }
    return findings.all
  }

  private static func result(of error: SwarmError) -> Result {
    switch error {
    case .tooLong: .skipped
    // Whether light closes is more than the drawing of a scenario can tell.
    case .refused(let text) where text.contains(" channels of link "): .skipped
    case .refused(let text): .found([Finding(check: "the scenario is taken", text: text)])
    case .failed(let text): .found([Finding(check: "the run ends", text: text)])
    case .noFolder:
      .found([Finding(check: "the machine", text: "no file can be written in a temporary folder")])
    }
  }
}
