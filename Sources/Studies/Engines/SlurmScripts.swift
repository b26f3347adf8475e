// SPDX-License-Identifier: GPL-3.0-or-later

/// The job scripts of a study: arrays of its shards, and a job that gathers.
///
/// Each stands for itself, so that people can read it and submit it again.
public struct SlurmScripts: Sendable {
  /// One array of tasks.
  public struct JobArray: Equatable, Sendable {
    /// The index of a task and this make the shard of the task.
    public var offset: Int
    /// The indices that are submitted, as Slurm reads them: `1-5,9`.
    public var tasks: String
    /// How many they are.
    public var count: Int
  }

  /// A job script and its name in the folder.
  public struct Script: Sendable {
    public var name: String
    public var text: String
  }

  private let task: ClusterTask
  /// Into how many shards the study is divided.
  private let count: Int
  private let warning_s: Int
  public let arrays: [JobArray]

  /// Scripts for some of the shards of a study.
  public init(
    _ task: ClusterTask, shards: [Int], of count: Int, limits: SlurmLimits, sizing: ShardSizing
  ) {
    self.task = task
    self.count = count
    warning_s = sizing.warning_s(request: task.request)
    let size = max(1, limits.largestIndex)
    var byArray: [Int: [Int]] = [:]
    for shard in shards { byArray[(shard - 1) / size, default: []].append(shard) }
    arrays = byArray.sorted { $0.key < $1.key }.map { number, shards in
      JobArray(
        offset: number * size, tasks: NumberRanges.text(shards.map { $0 - number * size }),
        count: shards.count)
    }
  }

  /// Whether each array waits for the one before it: `at_once` holds within an array alone.
  public var areChained: Bool { task.request.atOnce != nil }

  public static let folder = "slurm"
  private var path: String { "\(task.folder)/\(Self.folder)" }

  // MARK: - Scripts

  public var shardScripts: [Script] {
    arrays.enumerated().map { position, array in
      Script(name: "shards-\(position + 1).sh", text: text(of: array))
    }
  }

  private func text(of array: JobArray) -> String {
    let throttle = task.request.atOnce.map { "%\($0)" } ?? ""
    let command = ([task.program] + task.shardWords).map(Quoting.shell).joined(separator: " ")
    let directives = [
      "job-name=\(label)", "array=\(array.tasks)\(throttle)",
      "output=" + Quoting.directive(path, then: "/logs/%A_%a.log"), "open-mode=append", "requeue",
      "signal=B:USR1@\(warning_s)",
    ]
    return head("the shard of a task is its index plus \(array.offset), of \(count)")
      + lines(directives + resources) + """

        export \(ArrayTask.countVariable)=\(count) \(ArrayTask.offsetVariable)=\(array.offset)

        # Slurm tells this shell when the task's time is nearly over (USR1) and when it is to go (TERM).
        # The program then finishes the runs that it is at, and ends with \(Self.earlyCode).
        early= again=yes code=
        trap 'early=yes again=yes; kill -USR1 "$child"' USR1
        trap 'again=yes; kill -TERM "$child"' TERM

        \(command) &
        child=$!
        while [ -n "$again" ]; do
          again=
          wait "$child"
          ended=$?
          [ "$ended" = 127 ] || code=$ended
        done
        if [ "$code" = \(Self.earlyCode) ] && [ -n "$early" ]; then
          echo "the time of this task is over: it goes back into the queue for the rest of its shard"
          scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 60
        fi
        exit "$code"

        """
  }

  public var gatherScript: Script {
    let command = ([task.program] + task.gatherWords).map(Quoting.shell).joined(separator: " ")
    let directives = [
      "job-name=\(label)-gather", "output=" + Quoting.directive(path, then: "/gather.log"),
      "open-mode=truncate",
    ]
    return Script(
      name: "gather.sh",
      text: head("makes the tables of a study of what is there, and says what lacks")
        + lines(directives + resources) + "\nexec \(command)\n")
  }

  /// What the program ends with where it was told to finish early.
  static let earlyCode = 75

  private var label: String { task.label(lowercase: false, most: 40) }

  private func head(_ what: String) -> String {
    "#!/bin/bash\n# Written by cpnsim sweep --engine slurm: \(what).\n"
  }

  private func lines(_ directives: [String]) -> String {
    directives.map { "#SBATCH --\($0)\n" }.joined()
  }

  private var resources: [String] {
    let request = task.request
    let asked = [
      request.partition.map { "partition=\($0)" }, request.account.map { "account=\($0)" },
      request.qos.map { "qos=\($0)" }, request.minutes.map { "time=\($0)" },
      request.mebibytes.map { "mem=\($0)M" },
    ]
    return ["ntasks=1", "cpus-per-task=\(task.jobs)"] + asked.compactMap(\.self)
  }
}

// MARK: - What Slurm answers

extension SlurmScripts {
  /// The number of a job in the answer of `sbatch --parsable`: `123` or `123;cluster`.
  public static func jobNumber(_ answer: String) -> String? {
    guard let line = answer.split(separator: "\n").last else { return nil }
    let number = line.split(separator: ";").first.map(String.init) ?? ""
    let isNumber = !number.isEmpty && number.utf8.allSatisfy { (48...57).contains($0) }
    return isNumber ? number : nil
  }
}
