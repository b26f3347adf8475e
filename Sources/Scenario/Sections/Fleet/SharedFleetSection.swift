// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import YAMLReader

/// A file of jobs that share accelerators of several types: what an allocation is made of.
struct SharedFleetSection: Section {
  var origin = Origin.none
  var accelerators = KeyedValues<Int>(entries: [])
  var jobs = FleetJobs.listed([])

  static let shape = Shape<SharedFleetSection>(
    "Jobs that share accelerators of several types.",
    fields: [
      .required("accelerators", \.accelerators, "How many there are of each type."),
      .required("jobs", \.jobs, "The jobs: a list, or a CSV file beside this one."),
    ])
}

/// The jobs of a fleet, one by one or in a table.
enum FleetJobs: ScenarioValue {
  case listed([FleetJobSection])
  case table(Written<String>)

  static var schema: Node {
    .mapping([("anyOf", .list([[FleetJobSection].schema, String.schema]))])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> FleetJobs? {
    if node.scalar != nil {
      return Written<String>.read(node, path: path, problems: &problems).map { .table($0) }
    }
    return [FleetJobSection].read(node, path: path, problems: &problems).map { .listed($0) }
  }

  var node: Node {
    switch self {
    case .listed(let jobs): jobs.node
    case .table(let file): file.node
    }
  }
}

/// A job that runs on several types, and how fast.
struct FleetJobSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var accelerators = Positive(1)
  var weight = Written(Positive(1.0))
  var steps: Positive<Double>?
  var speed = KeyedValues<Double>(entries: [])
  var arrival = SimDuration.zero

  static let shape = Shape<FleetJobSection>(
    "A job that runs on several types of accelerators.",
    fields: [
      .required("name", \.name, "Its name, different from those of others."),
      .defaulted("accelerators", \.accelerators, "How many it has while it runs."),
      .defaulted("weight", \.weight, "How much it counts beside others, for max-min."),
      .optional("steps", \.steps, "What it still has to do, for min-makespan and rounds."),
      .required("speed", \.speed, "Steps a second of the whole job on each type that it runs on."),
      .defaulted("arrival", \.arrival, "When it comes, for rounds."),
    ])
}
