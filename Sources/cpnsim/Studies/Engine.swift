// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc
internal import Results
internal import Scenario
internal import Studies
internal import Text

/// Where the runs of a study are done.
enum Engine: String, CaseIterable, ArgumentValue {
  case local
  case slurm
  case kubernetes
}

/// A study that goes to a cluster: what all engines need of it.
struct ClusterStudy {
  let plan: StudyPlan
  let folder: StudyFolder
  /// How many runs each task does at once.
  let jobs: Int
  let format: OutputFormat
  let isQuiet: Bool

  var study: Study { plan.study }

  /// The files that the study reads.
  var inputs: [String] { study.scenarios.map(\.template.path) + plan.inputs.paths }

  func task() throws -> ClusterTask {
    ClusterTask(
      study, program: try Self.program, file: Self.absolute(study.path),
      folder: Self.absolute(folder.path), jobs: jobs)
  }

  /// What a run takes: by the runs that are there, else by doing the first one.
  func sizing(_ holes: Holes, shards: Int?) throws -> ShardSizing {
    let known = try holes.run_s ?? (shards == nil ? FirstRun.seconds(study) : nil)
    return ShardSizing(run_s: known, jobs: jobs)
  }

  func say(_ text: String) {
    if !isQuiet { StandardError.write(text) }
  }

  /// The file that this process runs, which has to be the same for all tasks: each build of the
  /// program keeps its own runs.
  private static var program: String {
    get throws {
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink("/proc/self/exe", &bytes, bytes.count)
      guard count > 0 else {
        throw ResultsError(path: "/proc/self/exe", reason: .system(errno))
      }
      return String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  /// A path that starts from the root; links in it stay, as machines may reach one folder by several.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return String(cString: here) + "/" + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
  }

  func write(_ text: String, to path: String, executable: Bool = false) throws {
    var status = stat()
    try WholeFile.write(text, to: path, replacing: stat(path, &status) == 0)
    if executable, stat(path, &status) == 0 { chmod(path, status.st_mode | 0o100) }
  }
}
