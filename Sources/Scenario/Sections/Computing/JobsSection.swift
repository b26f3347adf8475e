// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic
internal import YAMLReader

/// Jobs that run on pools: listed in place, or drawn at random.
struct JobsSection: Section {
  var origin = Origin.none
  var name = Written(Name("jobs"))
  var list: [ListedJobSection]?
  var preset: Written<String>?
  var timeFactor: Positive<Double>?
  var arrivals: ArrivalsSection?
  var accelerators: DrawnSection<Double>?
  var run: DrawnSection<SimDuration>?
  var reference: Written<Name>?
  var runsOn: KeyedValues<Positive<Double>>?
  var requested: RequestedSection?
  var input: JobInputSection?
  var output: JobOutputSection?
  var training: PoolTrainingSection?
  var checkpoint: CheckpointSection?
  var reserve: JobBookingSection?
  var tenant: TenantSection?
  var priority = Written(1)
  var deadline: DeadlineSection?
  var latency: Written<Positive<SimDuration>>?
  var from: Written<PlaceList>?
  var to: PoolChoiceSection?
  var daily: Written<[Double]>?
  var weekly: Written<[Double]>?
  var start = SimDuration.zero
  var stop: Written<SimDuration>?
  var count: Positive<Int>?

  static let shape = Shape<JobsSection>(
    "Jobs that run on pools, where the placement policy sends them or on one that is named.",
    fields: [
      .defaulted("name", \.name, "Its name, different from those of others; jobs carry it."),
      .optional("list", \.list, "Jobs listed in place."),
      .optional(
        "preset", \.preset,
        "A known workload of jobs, for what the other keys leave open; cpnsim show presets lists "
          + "them."),
      .optional(
        "time_factor", \.timeFactor,
        "Multiplies the gaps of the preset: 0.5 for twice as many in a time."),
      .optional("arrivals", \.arrivals, "When jobs are submitted that are drawn at random."),
      .optional("accelerators", \.accelerators, "How many a job takes, rounded to a whole number."),
      .optional("run", \.run, "How long it runs on the reference type."),
      .optional(
        "reference", \.reference,
        "The type of accelerators that times are given for, of speed 1; it runs on no other, "
          + "unless runs_on says so. Without it, on all alike."),
      .optional(
        "runs_on", \.runsOn,
        "The types that it runs on, and how fast in relation to the "
          + "reference."),
      .optional("requested", \.requested, "How much time is asked for."),
      .optional("input", \.input, "What moves to the pool before a job starts."),
      .optional("output", \.output, "What moves away from it when the job is over."),
      .optional(
        "training", \.training,
        "What they train, in place of accelerators and run: their time is that of their iterations "
          + "on the fabric of the pool."),
      .optional("checkpoint", \.checkpoint, "How they keep what they have done against failures."),
      .optional(
        "reserve", \.reserve,
        "Has each job book, when it is submitted, its machines together with windows for its input "
          + "and output, by its deadline: all of it or nothing."),
      .optional("tenant", \.tenant, "Whose jobs they are."),
      .defaulted("priority", \.priority, "1 goes before 2 in queues by priority."),
      .optional("deadline", \.deadline, "By when a job is to be over; slack is over its run time."),
      .optional(
        "latency", \.latency,
        "The delay, one way, from where it comes from within which it has to run."),
      .optional("from", \.from, "The nodes that it comes from; where its input is, without it."),
      .optional("to", \.to, "The pool that it runs on; where the policy sends it, without."),
      .optional(
        "daily", \.daily,
        "Factors of the rate through each day, in equal steps from midnight: 24 for one an hour."),
      .optional("weekly", \.weekly, "Factors of the rate for each of seven days."),
      .defaulted("start", \.start, "The simulated time from which jobs come."),
      .optional("stop", \.stop, "None comes at this time or later."),
      .optional("count", \.count, "The number of jobs after which it ends."),
    ],
    rules: [
      .atMostOne(["list", "arrivals"]), .atMostOne(["list", "preset"]),
      .atMostOne(["training", "accelerators"]), .atMostOne(["training", "run"]),
      .atMostOne(["training", "preset"]), .atMostOne(["training", "reference"]),
      .atMostOne(["training", "runs_on"]), .atMostOne(["list", "accelerators"]),
      .atMostOne(["list", "run"]),
      .atMostOne(["list", "requested"]), .atMostOne(["list", "count"]),
      .atMostOne(["list", "stop"]), .atMostOne(["list", "daily"]),
      .atMostOne(["list", "weekly"]), .atMostOne(["list", "deadline"]),
      .needs("time_factor", "preset"), .atMostOne(["time_factor", "arrivals"]),
    ])
}

/// A job that is listed in place.
struct ListedJobSection: Section {
  var origin = Origin.none
  var job = Written(Name(""))
  var submit = SimDuration.zero
  var accelerators: Written<Positive<Int>>?
  var run: Written<SimDuration>?
  var requested: Positive<SimDuration>?
  var priority: Int?
  var input: Bytes?
  var output: Bytes?
  var deadline: Written<SimDuration>?

  static let shape = Shape<ListedJobSection>(
    "One job.",
    fields: [
      .required("job", \.job, "The name of the job, different from all others."),
      .defaulted("submit", \.submit, "The simulated time at which it is submitted."),
      .optional("accelerators", \.accelerators, "How many it takes; 1, or those of its plan."),
      .optional(
        "run", \.run, "How long it runs on the reference type; needed without training."),
      .optional("requested", \.requested, "The time asked for; as long as it runs, without."),
      .optional("priority", \.priority, "Where it is not that of the entry."),
      .optional("input", \.input, "Its input, where it is not that of the entry."),
      .optional("output", \.output, "Its output, where it is not that of the entry."),
      .optional("deadline", \.deadline, "The simulated time by which it is to be over."),
    ])
}

/// How much time jobs ask for.
struct RequestedSection: Section {
  var origin = Origin.none
  var factor = Written(1.0)

  static let shape = Shape<RequestedSection>(
    "How much time jobs ask for.",
    fields: [.required("factor", \.factor, "The time asked for over the true one; 1 at least.")])
}

/// What moves to the pool of a job.
struct JobInputSection: Section {
  var origin = Origin.none
  var size: DrawnSection<Bytes>?
  var from = Written(PlaceList.list([]))

  static let shape = Shape<JobInputSection>(
    "What moves to the pool before a job starts.",
    fields: [
      .optional("size", \.size, "How much; needed where jobs are drawn at random."),
      .required("from", \.from, "The node that it comes from; or several, with a weight each."),
    ])
}

/// What moves away from the pool of a job.
struct JobOutputSection: Section {
  var origin = Origin.none
  var size: DrawnSection<Bytes>?
  var to = Written(Name(""))

  static let shape = Shape<JobOutputSection>(
    "What moves away when a job is over.",
    fields: [
      .optional("size", \.size, "How much; needed where jobs are drawn at random."),
      .required("to", \.to, "The node that it goes to."),
    ])
}

/// What jobs on pools train.
struct PoolTrainingSection: Section {
  var origin = Origin.none
  var model = ModelSection()
  var plan = PlanSection()
  var iterations = Written(Positive(1))
  var over: Written<[PoolPartSection]>?
  var spread: SiteSpread?
  var split: SiteSplit?

  static let shape = Shape<PoolTrainingSection>(
    "A model that is trained on the fabric of a pool, which the job has for itself, or of several.",
    fields: [
      .required("model", \.model, "The transformer that is trained."),
      .required("plan", \.plan, "How it is spread over accelerators."),
      .required("iterations", \.iterations, "The number of iterations of a job."),
      .optional(
        "over", \.over,
        "The pools that it runs on all at once, in their order; on one pool, without."),
      .optional(
        "spread", \.spread, "What crosses between the pools: data (the default) or pipeline."),
      .optional(
        "split", \.split,
        "How work is shared out between unlike pools: proportional (the default) or equal."),
    ],
    rules: [.needs("spread", "over"), .needs("split", "over")])
}

/// What a job takes of one of its pools.
struct PoolPartSection: Section {
  var origin = Origin.none
  var pool = Written(Name(""))
  var accelerators: Written<Positive<Int>>?

  static let shape = Shape<PoolPartSection>(
    "Accelerators of a pool, which work with those of others.", shorthand: "pool",
    fields: [
      .required("pool", \.pool, "The pool; it needs a fabric with an exit."),
      .optional(
        "accelerators", \.accelerators, "How many of them; all of the pool without, whole hosts."),
    ])
}

/// How jobs keep what they have done.
struct CheckpointSection: Section {
  var origin = Origin.none
  var every: Positive<SimDuration>?
  var takes = SimDuration.zero
  var restart = SimDuration.zero
  var size: Bytes?

  static let shape = Shape<CheckpointSection>(
    "What jobs write down of their work, so that a failure or a stop does not cost all of it.",
    fields: [
      .optional("every", \.every, "The work between two checkpoints; without, none is written."),
      .defaulted("takes", \.takes, "How long one takes, in which no work is done."),
      .defaulted(
        "restart", \.restart, "How long a job takes to start anew behind a failure or a stop."),
      .optional(
        "size", \.size,
        "The bytes that move with a job that leaves its pool for another; none without."),
    ])
}

/// Whose jobs they are.
struct TenantSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var level = 1
  var weight = Positive(1.0)

  static let shape = Shape<TenantSection>(
    "Whose jobs they are.", shorthand: "name",
    fields: [
      .required("name", \.name, "The tenant."),
      .defaulted("level", \.level, "The security level that its jobs need at least."),
      .defaulted("weight", \.weight, "Its part in queues of fair share, over that of others."),
    ])
}

/// A pool by its name.
struct PoolChoiceSection: Section {
  var origin = Origin.none
  var pool = Written(Name(""))

  static let shape = Shape<PoolChoiceSection>(
    "A pool by its name.",
    fields: [.required("pool", \.pool, "The name of the pool.")])
}
