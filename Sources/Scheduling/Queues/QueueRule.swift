// SPDX-License-Identifier: GPL-3.0-or-later

/// Which of the waiting jobs starts next.
public enum QueueRule: String, CaseIterable, Sendable {
  /// In order of submission; the first that does not fit holds up the rest.
  case fcfs
  /// The shortest request first, held up likewise.
  case sjf
  /// The longest request first, held up likewise.
  case ljf
  /// As `fcfs`, and later jobs start early where that does not delay the first.
  case easy
  /// As `easy`, with the shortest of the later jobs tried first.
  case easyShortest = "easy-sjbf"
  /// Every job has a slot as soon as it comes, which is only ever moved forward.
  case conservative
  /// The highest priority first, held up likewise; what runs is left to run.
  case priority
  /// As `priority`, and jobs of lower priority are stopped for one that does not fit.
  case preemptive
  /// The tenant first that has used least for its weight.
  case fairShare = "fair-share"
  /// All run at once and share the accelerators: nobody waits, and `SharedSpeed` is no queue.
  case processorSharing = "processor-sharing"
}
