// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// The JSON Schema of a line that passes between a run and a policy, in either direction.
///
/// What the run says may have more keys one day, and a policy lets them be; what a policy says has
/// no others than these.
public enum PolicySchema {
  public static var json: JSON {
    .object([
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("title", "a message between cpnsim and a policy"),
      ("oneOf", .array(messages.map { .object([("$ref", .string("#/$defs/\($0.name)"))]) })),
      ("$defs", .object(messages.map { ($0.name, $0.shape.json) })),
    ])
  }

  /// The messages by their names in the schema, those of the run first.
  static let messages: [(name: String, shape: MessageShape)] = [
    ("run.hello", runHello), ("run.changed", runChanged), ("run.ask", runAsk), ("run.bye", runBye),
    ("policy.hello", policyHello), ("policy.answer", policyAnswer),
  ]

  // MARK: - What the run says

  private static let runHello = MessageShape(
    "hello", "The run introduces itself, once.", isOpen: true,
    [
      .init("v", .whole, "The version of the messages: 1."),
      .init("seams", .list(.text), "What it is going to ask about."),
      .init("seed", .whole, "The seed of the run."),
      .init("scenario", .text, "Its name."),
      .init("duration", .time, "When it ends.", isOptional: true),
      .init("start", .text, "The date of time 0, a midnight: 2026-07-01."),
      .init("latency", .time, "The bound on the delay, one way.", isOptional: true),
      .init("refresh", .time, "The time between two reports of pools.", isOptional: true),
      .init("review", .time, "The time between two questions about moves.", isOptional: true),
      .init("pools", .list(.object(pool)), "All pools, with what does not change of them."),
      .init("energy", .list(.object(energy)), "What power comes to, ahead.", isOptional: true),
    ])

  private static let pool: [MessageShape.Member] = [
    .init("id", .text, "The identifier that all other messages use."),
    .init("accelerators", .whole, "How many it has."),
    .init("type", .text, "Of which type."),
    .init("level", .whole, "Its security level."),
    .init("name", .text, "Its name in the scenario."),
    .init("at", .text, "The node that it is at."),
    .init("cluster", .text, "The cluster that it is in, or empty."),
    .init("owner", .text, "Whose it is, or empty."),
    .init("joined", .boolean, "Whether policies may send anybody's jobs there."),
    .init("queue", .text, "How jobs wait there."),
    .init("idle_w", .number, "The power of an idle accelerator.", isOptional: true),
    .init("full_w", .number, "The power of a busy one.", isOptional: true),
    .init("energy", .whole, "Which entry of energy holds for it.", isOptional: true),
  ]

  private static let energy: [MessageShape.Member] = [
    .init("yuan_per_kwh", .list(.list(.number)), "By month and hour, cooling and all."),
    .init("carbon_per_kwh", .list(.list(.number)), "Likewise, in kilograms."),
  ]

  private static let runChanged = MessageShape(
    "changed", "What has changed since the last message.", isOpen: true,
    [
      .init("t", .time, "Now."),
      .init("seen", .time, "When pools were so."),
      .init("pools", .list(.object(change)), "Those that have changed, with what has."),
    ])

  private static let change: [MessageShape.Member] = [
    .init("id", .text, "Which pool."),
    .init("accelerators", .whole, "Those in service.", isOptional: true),
    .init("free", .whole, "Those that are free.", isOptional: true),
    .init("queued", .whole, "Jobs that wait.", isOptional: true),
    .init("queued_work", .number, "Their accelerator-seconds.", isOptional: true),
    .init("running_until", .number, "Accelerators times expected ends.", isOptional: true),
    .init("yuan_per_kwh", .number, "The price now, with cooling.", isOptional: true),
    .init("carbon_per_kwh", .number, "Kilograms now, with cooling.", isOptional: true),
  ]

  private static let runAsk = MessageShape(
    "ask", "A question.", isOpen: true,
    [
      .init("q", .whole, "Its number."),
      .init("t", .time, "Now."),
      .init("seam", .text, "What it is about: placement or migration."),
      .init("jobs", .list(.object(job)), "The jobs that have to be placed, or may move."),
    ])

  private static let job: [MessageShape.Member] = [
    .init("job", .text, "Its name."),
    .init("of", .text, "Its entry in the scenario."),
    .init("accelerators", .whole, "How many it takes."),
    .init("level", .whole, "The level that it needs at least."),
    .init("submitted", .time, "When it came."),
    .init("requested", .time, "The time that it asks for at speed 1."),
    .init("from", .text, "Where its input is, or its users are.", isOptional: true),
    .init("input_bytes", .whole, "What moves to the pool before it starts.", isOptional: true),
    .init("deadline", .time, "By when it is to be over.", isOptional: true),
    .init("latency_bound", .boolean, "Whether it has to be near.", isOptional: true),
    .init("priority", .whole, "Where it is not 1.", isOptional: true),
    .init("restarts", .whole, "How often it began anew.", isOptional: true),
    .init("tenant", .text, "Whose it is.", isOptional: true),
    .init("runs_on", .text, "The pool where it runs, and may leave.", isOptional: true),
    .init("waits_at", .text, "The pool where it waits, and may leave.", isOptional: true),
    .init("rest", .time, "Of requested, what is left.", isOptional: true),
    .init("anew", .time, "What stopping and starting elsewhere takes.", isOptional: true),
    .init("candidates", .list(.text), "Pools that may run it, the nearest first."),
    .init("delays", .list(.time), "One way, for each candidate."),
    .init("speeds", .list(.number), "For each candidate, where not 1.", isOptional: true),
    .init("transfers", .list(.time), "Of its input, for each candidate.", isOptional: true),
    .init("others", .whole, "How many more pools may run it.", isOptional: true),
  ]

  private static let runBye = MessageShape(
    "bye", "The run is over.", isOpen: true, [.init("reason", .text, "Why: end.")])

  // MARK: - What a policy says

  private static let policyHello = MessageShape(
    "hello", "The policy introduces itself, once.", isOpen: true,
    [
      .init("v", .whole, "The version of the messages: 1."),
      .init("answers", .list(.text), "What it answers: all seams of the run's hello."),
    ])

  private static let policyAnswer = MessageShape(
    "answer",
    "An answer; each job of the question is in one of place, wait and refuse; where it may move, in "
      + "place or wait, or in none and stays.",
    isOpen: false,
    [
      .init("q", .whole, "The number of the question."),
      .init("place", .list(.object(placed)), "Jobs and where they go.", isOptional: true),
      .init("wait", .list(.object(waiting)), "Jobs that are asked about later.", isOptional: true),
      .init("refuse", .list(.object(refused)), "Jobs that never run.", isOptional: true),
      .init("call_at", .time, "When to ask about all that wait.", isOptional: true),
      .init("delay", .time, "The simulated time that it took to decide.", isOptional: true),
    ])

  private static let placed: [MessageShape.Member] = [
    .init("job", .text, "Which job."), .init("pool", .text, "The identifier of a pool."),
  ]

  private static let waiting: [MessageShape.Member] = [
    .init("job", .text, "Which job."),
    .init("until", .time, "Until when; until a change, without.", isOptional: true),
  ]

  private static let refused: [MessageShape.Member] = [
    .init("job", .text, "Which job."), .init("reason", .text, "1 to 200 bytes."),
  ]
}
