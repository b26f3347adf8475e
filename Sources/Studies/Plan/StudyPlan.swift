// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import YAMLReader

/// All runs of a study by their identities: what there is to do, and in which order.
public struct StudyPlan: Sendable {
  public let study: Study
  /// The fingerprint of each variant.
  let variants: [Fingerprint]
  public let inputs: StudyInputs
  /// What the plan follows from: the program, the study and its scenario files.
  let key: Fingerprint
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
  /// go on. What a folder has of an earlier check of the same study is taken as it is.
  public init(
    _ study: Study, jobs: Int, knownFrom folder: StudyFolder? = nil,
    watch: (_ done: Int, _ of: Int) -> Bool
  ) throws {
    let build = try ProgramBuild.fingerprint()
    let key = study.fingerprint(build: build)
    if let file = folder?.planFile(), file.isValid(for: key, cells: study.cellCount) {
      self.init(
        study: study, variants: file.variants, inputs: StudyInputs(known: file.inputs), key: key,
        warnings: [])
      return
    }
    let inputs = StudyInputs()
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
      study: study, variants: found.variants, inputs: inputs, key: key,
      warnings: found.warnings)
  }
}

extension Study {
  /// What variants follow from: the program, what is varied, and the scenario files as they are.
  fileprivate func fingerprint(build: String) -> Fingerprint {
    var fingerprint = Fingerprint()
    fingerprint.combine(build)
    for setting in settings { fingerprint.combine(setting.text) }
    for scenario in scenarios {
      fingerprint.combine(scenario.template.path)
      fingerprint.combine(scenario.template.json)
    }
    for axis in axes {
      fingerprint.combine(axis.name)
      for level in axis.levels {
        for setting in level.settings { fingerprint.combine(setting.text) }
      }
    }
    for combination in combinations { fingerprint.combine("\(combination)") }
    return fingerprint
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
