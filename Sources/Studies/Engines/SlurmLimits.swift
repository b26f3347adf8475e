// SPDX-License-Identifier: GPL-3.0-or-later

/// What a Slurm cluster allows, read from what its own programs say.
public struct SlurmLimits: Equatable, Sendable {
  /// The largest index of a job array: one less than `MaxArraySize`, which counts from 0.
  public var largestIndex: Int
  /// How many jobs one user may have, as far as it is known; each task of an array is one.
  public var mostJobs: Int?

  /// What Slurm has where nobody says otherwise.
  private static let defaultArraySize = 1001

  /// Reads the output of `scontrol show config`, and what `sacctmgr` says of limits on submitted jobs.
  public init(config: String, submitLimits: [String] = []) {
    let size = Self.number("MaxArraySize", in: config) ?? Self.defaultArraySize
    largestIndex = size - 1
    let jobs = [Self.number("MaxJobCount", in: config)].compactMap(\.self)
    // One line for each account of the user, which may be empty.
    let submitted = submitLimits.flatMap { $0.split { $0 == "\n" || $0 == "|" } }
      .compactMap { Int($0.filter { $0 != " " }) }
    mostJobs = (jobs + submitted.filter { $0 > 0 }).min()
  }

  private static func number(_ name: String, in config: String) -> Int? {
    for line in config.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].split(separator: " ").first.map(String.init) == name else {
        continue
      }
      return parts[1].split(separator: " ").first.flatMap { Int($0) }
    }
    return nil
  }

  /// How many shards may be submitted at once, with a job beside them that gathers.
  public var mostShards: Int { max(1, min(Shard.most, (mostJobs ?? .max) - 1)) }
}
