// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport

@testable import Studies

/// A small study in a folder of its own, whose runs take no time.
struct EngineSample {
  let folder: ScratchFolder
  let plan: StudyPlan
  var study: Study { plan.study }

  private static let scenario = """
    scenario: one link
    duration: 1 s
    network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
    traffic:
      - generate: {name: g, arrivals: {poisson: 9/s}, sizes: {fixed: 1 MB}, path: [l]}

    """

  init(_ sections: String = "seeds: 4", name: String = "a study") throws {
    folder = try ScratchFolder()
    try folder.write(Self.scenario, to: "s.yaml")
    let file = try folder.write(
      """
      study: \(name)
      scenario: s.yaml
      axes: [{name: size, path: 'traffic[0].generate.sizes.fixed', values: [1 MB, 2 MB, 3 MB]}]
      \(sections)

      """, to: "study.yaml")
    plan = try StudyPlan(try Study(path: file), jobs: 1) { _, _ in true }
  }

  /// A folder for the runs of the study.
  var out: StudyFolder { StudyFolder("\(folder.path)/out") }

  func sweep(_ shard: Shard = .whole) throws {
    var options = Sweep.Options()
    options.shard = shard
    _ = try Sweep(plan, into: out, options).run { _ in true }
  }

  /// The task as an engine would have it, with paths of another machine.
  func task(jobs: Int = 2, file: String = "/shared/s.yaml") -> ClusterTask {
    ClusterTask(
      study, program: "/opt/cpnsim", file: file, folder: "/shared/out", jobs: jobs)
  }
}
