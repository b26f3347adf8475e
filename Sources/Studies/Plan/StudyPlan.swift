// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario

/// All runs of a study by their identities: what there is to do, and in which order.
public struct StudyPlan: Sendable {
  public let study: Study
  /// The fingerprint of each variant.
  let variants: [Fingerprint]
  let inputs: StudyInputs
  /// What can be run and is hardly meant, each once.
  public let warnings: [String]

  func identity(of cell: Int, seed: Int) -> RunIdentity {
    RunIdentity(variant: variants[cell], seed: UInt64(seed))
  }

  /// The number of a run in the tables, from 1 on.
  func number(of cell: Int, seed: Int) -> Int {
    cell * study.replications.most + seed
  }
}

extension StudyPlan {
  /// Checks the scenario of every variant before the first run.
  ///
  /// Variants are checked on several threads; `watch` hears how many are done, and says whether to
  /// go on.
  public init(
    _ study: Study, jobs: Int, watch: @escaping (_ done: Int, _ of: Int) -> Bool
  ) throws {
    let inputs = StudyInputs()
    let build = try ProgramBuild.fingerprint()
    let checks = VariantChecks(study, inputs: inputs, build: build)
    let stopped = !Workers.run(
      min(jobs, (study.cellCount + 7) / 8), each: { _ in checks.work() },
      watch: {
        guard watch(checks.done, study.cellCount) else {
          checks.stop()
          return false
        }
        return true
      })
    guard !stopped else { throw StoppedStudy(done: 0, of: study.mostRuns) }
    let found = checks.result()
    if let problem = found.problems.first {
      throw WrongVariants(first: problem.text, count: found.problems.count, of: study.cellCount)
    }
    self.init(
      study: study, variants: found.variants, inputs: inputs, warnings: found.warnings)
  }
}

/// Variants whose scenarios are in error; nothing was run.
public struct WrongVariants: Error, CustomStringConvertible {
  let first: String
  let count: Int
  let of: Int

  public var description: String {
    let more = count > 1 ? "\n\(count) of \(of) variants are in error; this is the first" : ""
    return first + more
  }
}
