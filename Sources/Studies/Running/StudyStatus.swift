// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// How far a study is, by what is in its folder alone.
public struct StudyStatus: Sendable {
  public let name: String
  public let done: Int
  public let failed: Int
  /// All runs of the study, or the most that there can be where a rule ends each variant.
  public let of: Int
  /// Whether each variant has as many runs as it can have.
  public let isFixed: Bool
  /// The time that the runs took, summed over them.
  public let seconds: Double

  public init(of folder: StudyFolder) throws {
    guard let statement = try folder.statement() else { throw NoStudyFolder(path: folder.path) }
    guard let plan = folder.planFile(), plan.variants.count == statement.cells else {
      throw UnreadableStudy(
        path: folder.planPath, reason: "is no whole plan; the next sweep writes it anew")
    }
    let index = try folder.records()
    var (done, failed, seconds) = (0, 0, 0.0)
    for variant in plan.variants {
      for seed in 1...max(1, statement.seeds) {
        let identity = RunIdentity(variant: variant, seed: UInt64(seed))
        guard let isDone = index.isDone(identity) else { continue }
        if isDone { done += 1 } else { failed += 1 }
        seconds += index.seconds(of: identity) ?? 0
      }
    }
    name = statement.name
    of = statement.cells * statement.seeds
    isFixed = statement.isFixed
    (self.done, self.failed, self.seconds) = (done, failed, seconds)
  }
}
