// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let placement = SeamMessages(
    name: "placement", about: "Where jobs go.",
    hello: [
      .init("latency", .time, "The bound on the delay, one way.", isOptional: true),
      .init("refresh", .time, "The time between two reports of pools.", isOptional: true),
      .init("pools", .list(.object(pool)), "All pools, with what does not change of them."),
      .init("energy", .list(.object(energy)), "What power comes to, ahead.", isOptional: true),
    ],
    changed: [
      .init("seen", .time, "When pools were so."),
      .init("pools", .list(.object(change)), "Those that have changed, with what has."),
      .init("signals", .list(.object(signal)), "Prices that were announced.", isOptional: true),
    ],
    ask: [.init("jobs", .list(.object(job)), "The jobs that have to be placed.")],
    answer: [
      .init("place", .list(.object(placed)), "Jobs and where they go.", isOptional: true),
      .init("wait", .list(.object(waiting)), "Jobs that are asked about later.", isOptional: true),
      .init("refuse", .list(.object(refused)), "Jobs that never run.", isOptional: true),
      .init("call_at", .time, "When to ask about all that wait.", isOptional: true),
      .init("delay", .time, "The simulated time that it took to decide.", isOptional: true),
    ])

  static let migration = SeamMessages(
    name: "migration",
    about: "Whether jobs leave the pools that they are on; one in no list stays.",
    hello: [.init("review", .time, "The time between two questions about moves.")],
    ask: [.init("jobs", .list(.object(job)), "The jobs that may move.")],
    answer: placement.answer.filter {
      $0.name == "place" || $0.name == "wait" || $0.name == "call_at"
    })

  static let pool: [MessageShape.Member] = [
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
    .init(
      "yuan_per_hour", .number, "What a tenant pays for one for an hour, where that has a price.",
      isOptional: true),
    .init("energy", .whole, "Which entry of energy holds for it.", isOptional: true),
  ]

  static let energy: [MessageShape.Member] = [
    .init("yuan_per_kwh", .list(.list(.number)), "By month and hour, cooling and all."),
    .init("carbon_per_kwh", .list(.list(.number)), "Likewise, in kilograms."),
  ]

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

  private static let signal: [MessageShape.Member] = [
    .init("energy", .whole, "The entry of energy that it is of."),
    .init("from", .time, "When it begins."),
    .init("to", .time, "When it is over."),
    .init("hour", .whole, "The hour of the run that it begins in, from 0 on."),
    .init(
      "yuan_per_kwh", .list(.number),
      "Of that hour and those behind it up to its end: on the mean, cooling and all."),
  ]

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
