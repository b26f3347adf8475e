// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// A fleet in columns, as programs write it: a list of types, and lists by job.
struct GavelCaseSection: Section {
  var origin = Origin.none
  var types: [Written<Name>] = []
  var capacity = Written<[Int]>([])
  var speeds = Written<[[Double]]>([])
  var accelerators = Written<[Positive<Int>]>([])
  var weights: Written<[Positive<Double>]>?
  var steps: Written<[Positive<Double>]>?
  var notes: [Unread?] = Array(repeating: nil, count: 5)

  /// The key by which such a file is told from others.
  static let mark = "gpu_types"

  static let shape = Shape<GavelCaseSection>(
    "A fleet in columns.",
    fields: [
      .required(mark, \.types, "The types."),
      .required("capacity", \.capacity, "How many there are of each type."),
      .required("throughput_steps_per_s", \.speeds, "Steps a second of each job on each type."),
      .required("gpus_per_job", \.accelerators, "How many accelerators each job has."),
      .optional("weights", \.weights, "How much each job counts."),
      .optional("steps_left", \.steps, "What each job still has to do."),
      // What others have found for it stands in such a file beside it.
      .optional("seed", \.notes[0], "Not read."),
      .optional("equal_share_throughput", \.notes[1], "Not read: it follows."),
      .optional("max_min", \.notes[2], "Not read: an answer."),
      .optional("max_sum", \.notes[3], "Not read: an answer."),
      .optional("min_makespan", \.notes[4], "Not read: an answer."),
    ])
}

/// Whatever stands there.
struct Unread: ScenarioValue {
  var node: Node

  static var schema: Node { .mapping([]) }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Unread? {
    Unread(node: node)
  }
}
