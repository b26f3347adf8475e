// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scenario
internal import YAMLReader

/// What a study asks a cluster for, for each of its tasks.
public struct ClusterRequest: Equatable, Sendable {
  var partition: String?
  var account: String?
  var qos: String?
  /// The most time of a task, in whole minutes.
  var minutes: Int?
  /// The memory of a task, in whole MiB.
  var mebibytes: Int?
  /// How many tasks run at the same time.
  var atOnce: Int?

  init() {}
}

extension ClusterRequest {
  /// Checks what was written; what is wrong is left out.
  init(_ section: SlurmSection, problems: inout Problems) {
    partition = Self.word(section.partition, "main", &problems)
    account = Self.word(section.account, "net", &problems)
    qos = Self.word(section.qos, "normal", &problems)
    minutes = section.time.map { max(1, Int(($0.value.seconds / 60).rounded(.up))) }
    if let time = section.time, !(0 < time.value.seconds && time.value.seconds <= 366 * 86_400) {
      problems.add(
        found: "a time of \(time.value.seconds) s", expected: "more than none and at most 366 d",
        at: time.place, path: time.path)
    }
    mebibytes = section.memory.map { max(1, Int(($0.value.value / 0x1p20).rounded(.up))) }
    if let memory = section.memory, !(0 < memory.value.value && memory.value.value <= 1e15) {
      problems.add(
        found: "\(memory.value.value) B of memory", expected: "more than none and at most 1 PB",
        at: memory.place, path: memory.path)
    }
    atOnce = section.atOnce?.value
    if let atOnce = section.atOnce, atOnce.value < 1 {
      problems.add(
        found: "\(atOnce.value)", expected: "how many tasks run at the same time, 1 or more",
        at: atOnce.place, path: atOnce.path)
    }
  }

  /// A word that neither a shell nor Slurm takes for anything else.
  private static func word(
    _ written: Written<String>?, _ example: String, _ problems: inout Problems
  ) -> String? {
    guard let written else { return nil }
    let isWord = written.value.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "_-.,+:@/".contains($0))
    }
    if !isWord || written.value.isEmpty {
      problems.add(
        found: Node.quoted(written.value), expected: "a name such as \(example)",
        at: written.place, path: written.path)
    }
    return written.value
  }
}
