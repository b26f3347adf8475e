// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results
internal import Scenario
internal import Session
internal import Statistics

// What moved most between scenarios that were run with several seeds.

extension ScenarioResults {
  /// What moved most from the first scenario to another.
  ///
  /// Training jobs and links by their means over the seeds; flows and jobs on pools by one more run of
  /// each with seed 1, as those of different seeds are different ones, and there may be many. These
  /// write to a folder of their own, which is made in `scratch`; `goesOn` is asked whether to go on.
  public func moves(
    to candidate: Int, scratch: String, while goesOn: () -> Bool
  ) throws -> [Moves] {
    let (first, second) = (runs[0], runs[candidate])
    var all = try listedMoves(to: candidate, scratch, while: goesOn)
    let isSeeded = first.count > 1
    if !all.contains(where: { $0.kind == FolderMoves.job }) {
      var jobs = FolderMoves.jobs(Self.jobs(first), Self.jobs(second))
      if isSeeded { jobs.of = "means over the seeds" }
      all.append(jobs)
    }
    var links = FolderMoves.links(Self.means(first.map(\.links)), Self.means(second.map(\.links)))
    if isSeeded {
      let kept = first.count { !$0.links.isEmpty }
      links.of = kept == first.count ? "means over the seeds" : "means over seeds 1 to \(kept)"
    }
    all.append(links)
    return all.filter { !$0.isEmpty }
  }

  private static func jobs(_ runs: [Run]) -> FolderMoves.Jobs {
    FolderMoves.Jobs(
      completion: means(runs.map(\.jobs.completion)), iteration: means(runs.map(\.jobs.iteration)))
  }

  /// The mean of each name over the runs that have a value.
  private static func means(_ tables: [[(name: String, value: Double)]]) -> [(
    name: String, value: Double
  )] {
    var places: [String: Int] = [:]
    var all: [(name: String, moments: RunningMoments)] = []
    for (name, value) in tables.joined() where value.isFinite {
      let place = places[name] ?? all.count
      if place == all.count {
        places[name] = place
        all.append((name, RunningMoments()))
      }
      all[place].moments.add(value)
    }
    return all.map { ($0.name, $0.moments.mean) }
  }

  // MARK: - One by one

  /// Flows, and jobs on pools, by the tables of one more run of each side.
  private func listedMoves(
    to candidate: Int, _ scratch: String, while goesOn: () -> Bool
  ) throws -> [Moves] {
    let sides = [runs[0][0], runs[candidate][0]]
    let isListed = { (count: Int) in 0 < count && count <= FolderMoves.mostFlows }
    let tables =
      (sides.allSatisfy { isListed($0.finishedFlows) } ? ["flows"] : [])
      + (sides.allSatisfy { isListed($0.poolJobs) } ? ["jobs"] : [])
    guard !tables.isEmpty else { return [] }
    let folder = try ScratchFolder(in: scratch)
    for (name, side) in [("a", 0), ("b", candidate)] {
      let outputs = "outputs=[\(tables.joined(separator: ", "))]"
      let loaded = try scenarios[side].load(adding: [outputs]).seeded(1)
      let session = try Session(loaded, writing: "\(folder.path)/\(name)")
      try session.drive { _ in goesOn() ? .goOn : .stop }
      _ = try session.finish()
    }
    return try FolderMoves.all("\(folder.path)/a", "\(folder.path)/b").map { moves in
      var moves = moves
      if runs[0].count > 1 { moves.of = "seed 1" }
      return moves
    }
  }
}

/// A folder for what two runs write, which goes with it.
private final class ScratchFolder {
  let path: String

  init(in parent: String) throws(ResultsError) {
    path = try TemporaryPlace.makeFolder(for: "compare", in: parent)
  }

  deinit {
    for run in ["a", "b"] { ResultsFolder.remove("\(path)/\(run)") }
    rmdir(path)
  }
}
