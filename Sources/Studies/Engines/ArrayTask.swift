// SPDX-License-Identifier: GPL-3.0-or-later

/// The task of a cluster's array that this process is, and the shard of a study that is its own.
///
/// Schedulers say the index of a task in the environment, and most of them not how many tasks there
/// are. What they leave out `CPNSIM_SHARDS` says; with it one task of an array can be run again, as
/// its shard does not follow from what else the array has. `CPNSIM_SHARD_OFFSET` is added to the
/// index, for the second of several arrays and for arrays that begin elsewhere.
public struct ArrayTask: Sendable {
  public static let countVariable = "CPNSIM_SHARDS"
  public static let offsetVariable = "CPNSIM_SHARD_OFFSET"

  private let variable: @Sendable (String) -> String?

  /// `variable` gives the value of one of the system's variables by its name.
  public init(_ variable: @escaping @Sendable (String) -> String?) {
    self.variable = variable
  }

  public func shard() throws(NoArrayTask) -> Shard {
    let (scheduler, index) = try task()
    let found = "\(scheduler.indexVariable)=\(index) (\(scheduler.name))"
    let count = try number(Self.countVariable)
    let offset = try number(Self.offsetVariable) ?? 0
    let (first, tasks) =
      if let count { (scheduler.first, count) } else { try bounds(scheduler, found) }
    let (place, overflow) = index.subtractingReportingOverflow(first)
    let number = place.addingReportingOverflow(offset + 1)
    guard !overflow, !number.overflow, 1...Shard.most ~= tasks, 1...tasks ~= number.partialValue
    else {
      let other = count == nil ? "" : ", with \(Self.offsetVariable)=\(offset)"
      throw NoArrayTask(
        "found \(found)\(other), which is shard \(number.partialValue) of \(tasks); expected 1 to "
          + "\(tasks); \(Self.offsetVariable) is added to the index of a task")
    }
    return Shard(index: number.partialValue, count: tasks)
  }
}

// MARK: - What schedulers say

extension ArrayTask {
  private struct Scheduler {
    var name: String
    var indexVariable: String
    /// The index of the first task where the array is all of the study.
    var first: Int
    /// The variables that say the first index of the array, the last, and how many there are.
    var firstVariable: String?
    var lastVariable: String?
    var countVariable: String?
    /// What the index variable is in a job that is no array.
    var none: String?
  }

  private static let schedulers = [
    Scheduler(
      name: "Slurm", indexVariable: "SLURM_ARRAY_TASK_ID", first: 1,
      firstVariable: "SLURM_ARRAY_TASK_MIN", lastVariable: "SLURM_ARRAY_TASK_MAX",
      countVariable: "SLURM_ARRAY_TASK_COUNT"),
    Scheduler(name: "Kubernetes", indexVariable: "JOB_COMPLETION_INDEX", first: 0),
    Scheduler(name: "PBS", indexVariable: "PBS_ARRAY_INDEX", first: 1),
    Scheduler(
      name: "LSF", indexVariable: "LSB_JOBINDEX", first: 1, lastVariable: "LSB_JOBINDEX_END",
      none: "0"),
    Scheduler(
      name: "AWS Batch", indexVariable: "AWS_BATCH_JOB_ARRAY_INDEX", first: 0,
      countVariable: "AWS_BATCH_JOB_ARRAY_SIZE"),
  ]

  /// The one scheduler that has started this process as a task.
  private func task() throws(NoArrayTask) -> (Scheduler, index: Int) {
    var found: [(scheduler: Scheduler, text: String)] = []
    for scheduler in Self.schedulers {
      guard let text = variable(scheduler.indexVariable), text != scheduler.none else {
        continue
      }
      found.append((scheduler, text))
    }
    guard let (scheduler, _) = found.first else {
      let all = Self.schedulers.map { "\($0.indexVariable) (\($0.name))" }
      throw NoArrayTask("found no task of an array; looked for \(all.joined(separator: ", "))")
    }
    guard found.count == 1 else {
      let all = found.map { "\($0.scheduler.indexVariable)=\($0.text) (\($0.scheduler.name))" }
      throw NoArrayTask(
        "found the tasks of several schedulers: \(all.joined(separator: ", ")); expected one")
    }
    guard let index = try number(scheduler.indexVariable) else { throw NoArrayTask("no index") }
    return (scheduler, index)
  }

  /// The first index and the number of tasks, as the scheduler says them.
  private func bounds(
    _ scheduler: Scheduler, _ found: String
  ) throws(NoArrayTask) -> (first: Int, count: Int) {
    let first = try number(scheduler.firstVariable)
    let last = try number(scheduler.lastVariable)
    let count = try number(scheduler.countVariable)
    let begin = first ?? scheduler.first
    let span = last.map { $0 - begin + 1 }
    guard let tasks = count ?? span else {
      let names = [scheduler.countVariable, scheduler.lastVariable, Self.countVariable]
      throw NoArrayTask(
        "found \(found), but not how many tasks there are; looked for "
          + names.compactMap(\.self).joined(separator: ", "))
    }
    if let span, span != tasks {
      throw NoArrayTask(
        "found \(tasks) tasks from \(begin) to \(last ?? 0), an array with gaps; "
          + "expected \(Self.countVariable) to say of how many shards they are")
    }
    return (begin, tasks)
  }

  /// Nil where there is no such variable.
  private func number(_ name: String?) throws(NoArrayTask) -> Int? {
    guard let name, let text = variable(name) else { return nil }
    guard let number = Int(text), number.magnitude <= 1 << 40 else {
      throw NoArrayTask("found \(name)=\(text), expected a whole number")
    }
    return number
  }
}

/// A process that is no task of an array, or whose environment contradicts itself.
public struct NoArrayTask: Error, Equatable, CustomStringConvertible {
  private let reason: String

  init(_ reason: String) {
    self.reason = reason
  }

  public var description: String { "--shard auto: \(reason)" }
}
