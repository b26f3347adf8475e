// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling
internal import YAMLReader

/// How jobs that have been placed are looked at again.
struct MovesSection: Section {
  var origin = Origin.none
  var every = Positive(SimDuration(nanoseconds: 3_600_000_000_000))
  var gain = Written(Percentage(5))

  static let shape = Shape<MovesSection>(
    "How jobs that have been placed are looked at again: the policy is asked anew about those that "
      + "write checkpoints, or wait.", shorthand: "every",
    fields: [
      .defaulted("every", \.every, "The time between two looks."),
      .defaulted(
        "gain", \.gain,
        "The part of what the policy goes by, such as the cost of what is left to do, that leaving "
          + "a pool has to save at least."),
    ])
}

/// How jobs share pools by rounds.
struct RoundsSection: Section {
  var origin = Origin.none
  var length = Positive(SharedRounds.standardLength)
  var renewal = SharedRounds.standardRenewal

  static let shape = Shape<RoundsSection>(
    "How jobs share pools by rounds, with max-min, max-sum, min-makespan or equal-shares.",
    shorthand: "length",
    fields: [
      .defaulted("length", \.length, "The time for which a job has its turn on a pool."),
      .defaulted(
        "renewal", \.renewal,
        "The least time between two allocations; they are worked out when jobs have come or gone."),
    ])
}

/// Which policy places jobs.
struct PlacementSection: Section {
  var origin = Origin.none
  var policy: PlacementRule?
  var latency: Positive<SimDuration>?
  var command: Written<[String]>?
  var timeout: Positive<SimDuration>?
  var candidates: Positive<Int>?
  var delay: SimDuration?
  var ask: OutsidePlacement.Asking?
  var files: Written<[String]>?
  var moves: MovesSection?
  var preempt = Decider.rule(false)
  var rounds: RoundsSection?

  static let shape = Shape<PlacementSection>(
    "Which policy sends jobs to pools.", shorthand: "policy",
    fields: [
      .optional("policy", \.policy, "A policy by its name; nearest without."),
      .optional(
        "latency", \.latency,
        "The delay, one way, from where a job comes from within which it chooses; the nearest pool "
          + "where none is."),
      .optional(
        "command", \.command,
        "A program that decides, with its arguments; it is started in the folder of the scenario."),
      .optional(
        "timeout", \.timeout, "How long an answer may take by the clock on the wall; 10 s without."),
      .optional(
        "candidates", \.candidates,
        "How many pools a question names for a job at most, the nearest first; 16 without."),
      .optional(
        "delay", \.delay,
        "How long a decision takes in simulated time, where the answer does not say; 0 s without."),
      .optional(
        "ask", \.ask, "What one question is about: each job, or all of an instant; each without."),
      .optional(
        "files", \.files,
        "Files that the program reads beside those that its arguments name: what is in them is a "
          + "part of what makes a run what it is."),
      .optional(
        "moves", \.moves,
        "How jobs that have been placed are looked at again; without, each stays on its pool."),
      .defaulted(
        "preempt", \.preempt,
        "Whether a job that could start nowhere at once may have jobs of a greater `priority` number "
          + "stopped that write checkpoints; or a program that says which."),
      .optional(
        "rounds", \.rounds,
        "How jobs share pools by rounds, where the policy is one by which they do."),
    ],
    rules: [
      .atMostOne(["policy", "command"]), .needs("timeout", "command"),
      .needs("candidates", "command"), .needs("delay", "command"), .needs("ask", "command"),
      .needs("files", "command"),
    ])

  /// Fills in what depends on who decides.
  mutating func fillIn() {
    guard command != nil else {
      policy = policy ?? .nearest
      if policy?.sharing != nil { rounds = rounds ?? RoundsSection() }
      return
    }
    let standardTimeout = SimDuration(seconds: PolicyCommand.standardTimeout) ?? .zero
    timeout = timeout ?? Positive(standardTimeout)
    candidates = candidates ?? Positive(OutsidePlacement.standardCandidates)
    delay = delay ?? .zero
    ask = ask ?? .each
  }
}

extension PlacementRule: Choice {}
extension OutsidePlacement.Asking: Choice {}
