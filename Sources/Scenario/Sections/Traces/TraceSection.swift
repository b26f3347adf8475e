// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traces
internal import Traffic

/// A trace that a run reads: a file of flows by its name alone, or any with what it needs.
struct TraceSection: Section {
  var origin = Origin.none
  var file = Written("")
  var format = TraceKind.flows
  var name: Written<Name>?
  var columns: ColumnNames?
  var timeUnit: TimeUnit?
  var flops: Positive<Double>?
  var usersAreTenants = Written(false)
  var from: NodeShares?
  var to: TraceTarget?
  var bytesPerToken: MovedSection?
  var bytesPerJob: MovedSection?
  var bytesPerProcessor: MovedSection?
  var reference: Written<Name>?
  var runsOn: KeyedValues<Positive<Double>>?
  var tenant: TenantSection?
  var checkpoint: CheckpointSection?
  var deadline: DeadlineSection?
  var reserve: JobBookingSection?
  var latency: Written<Positive<SimDuration>>?
  var start: SimDuration?
  var timeFactor = Positive(1.0)
  var sizeFactor = Positive(1.0)
  var repetitions: Positive<Int>?
  var repeatUntil: Written<Positive<SimDuration>>?
  var period: Positive<SimDuration>?
  var isLenient = false
  var sorts = false

  static let shape = Shape<TraceSection>(
    "A trace: flows, requests to language models, or jobs.", shorthand: "file",
    fields: [
      .required("file", \.file, "The file, relative to the folder of the scenario."),
      .defaulted("format", \.format, "What its rows are."),
      .optional(
        "name", \.name,
        """
        What its counts stand under in the summary, and its flows and random streams are named \
        after; trace-1 and so on where it has none, except for flows, which need none.
        """),
      .optional(
        "columns", \.columns, "The columns, or keys of JSON, that have other names than usual."),
      .optional("time_unit", \.timeUnit, "What numbers that are times count."),
      .optional(
        "flops", \.flops,
        "The operations that a processor does in a second, for jobs of batsim that are given in them."
      ),
      .defaulted(
        "users_are_tenants", \.usersAreTenants,
        "Whether each user of a log of swf is a tenant of its own, of jobs that run on pools."),
      .optional("from", \.from, "The node that requests or jobs come from, or several."),
      .optional(
        "to", \.to,
        "The node that serves them, or several; or the pool that jobs run on, any for all pools."),
      .optional("bytes_per_token", \.bytesPerToken, "What a request moves for each token."),
      .optional("bytes_per_job", \.bytesPerJob, "What a job moves."),
      .optional("bytes_per_processor", \.bytesPerProcessor, "What it moves for each processor."),
      .optional(
        "reference", \.reference,
        "The type of accelerators that run times are given for, of jobs on pools, as in jobs."),
      .optional(
        "runs_on", \.runsOn,
        "The types that jobs on pools run on, and how fast in relation to the reference."),
      .optional("tenant", \.tenant, "Whose jobs they are, on pools."),
      .optional(
        "checkpoint", \.checkpoint, "How jobs on pools keep what they have done against failures."),
      .optional(
        "deadline", \.deadline,
        "By when a job on a pool is to be over, from its submission on; slack is over its run time."
      ),
      .optional(
        "reserve", \.reserve,
        "Has each job on a pool book its machines together with windows for what it moves, as in "
          + "jobs."),
      .optional(
        "latency", \.latency,
        "The delay, one way, from where jobs come from within which they have to run on a pool."),
      .optional(
        "start", \.start,
        "The simulated time of its first row. As in the file for flows, and for jobs on pools whose "
          + "times are no dates; 0 s for others."),
      .defaulted(
        "time_factor", \.timeFactor, "Multiplies the times: 0.5 for twice as many in a time."),
      .defaulted(
        "size_factor", \.sizeFactor, "Multiplies bytes of flows, tokens, and run times of jobs."),
      .optional("repeat", \.repetitions, "How often it is gone through."),
      .optional(
        "repeat_until", \.repeatUntil, "The time up to which it is gone through again and again."),
      .optional(
        "period", \.period,
        "The time from one pass to the next; without it, such that the mean rate stays."),
      .defaulted("lenient", \.isLenient, "Whether lines that can't be read are skipped."),
      .defaulted(
        "sort", \.sorts,
        "Whether rows may stand in any order; they are then put in that of their times."),
    ],
    rules: [
      .atMostOne(["bytes_per_token", "bytes_per_job", "bytes_per_processor"]),
      .atMostOne(["repeat", "repeat_until"]),
    ])
}

/// What a request or a job moves, for each of what is counted.
struct MovedSection: Section {
  var origin = Origin.none
  var input = Bytes(0)
  var output = Bytes(0)

  static let shape = Shape<MovedSection>(
    "Bytes that go there and come back; 0 B is nothing.",
    fields: [
      .defaulted("input", \.input, "What goes to the node that serves it."),
      .defaulted("output", \.output, "What comes back."),
    ])
}

extension TraceKind: Choice {}

extension TraceKind {
  /// Whether its fields have one meaning, so that nothing is to be said of them.
  var isFixed: Bool { self == .swf || self == .batsim }
}

extension TimeUnit: Choice {}
