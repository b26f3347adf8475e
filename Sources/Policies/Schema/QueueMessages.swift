// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let queue = SeamMessages(
    name: "queue", about: "Which jobs start that wait on a pool, and which are stopped for them.",
    hello: placement.hello + [
      .init("queues", .list(.text), "The identifiers of the pools that it decides on.")
    ],
    changed: [
      .init("queues", .list(.object(news)), "The pool that is asked about, with what has changed.")
    ],
    ask: [
      .init("pool", .text, "The identifier of the pool."),
      .init("free", .whole, "Accelerators that are free; below 0 where fewer are in service."),
    ],
    answer: [
      .init("start", .list(.text), "Jobs that start now, in order.", isOptional: true),
      .init("stop", .list(.text), "Jobs that wait again, to make room.", isOptional: true),
      .init("call_at", .time, "When to ask again.", isOptional: true),
    ])

  private static let news: [MessageShape.Member] = [
    .init("pool", .text, "Which pool."),
    .init("accelerators", .whole, "Those in service.", isOptional: true),
    .init("came", .list(.object(job)), "Jobs that wait there now.", isOptional: true),
    .init("left", .list(.text), "Jobs that wait there no more.", isOptional: true),
    .init("ended", .list(.text), "Jobs that run there no more.", isOptional: true),
  ]

  private static let job: [MessageShape.Member] = [
    .init("job", .text, "Its name."),
    .init("of", .text, "Its entry in the scenario."),
    .init("number", .whole, "The number of its submission, over all jobs."),
    .init("accelerators", .whole, "How many it takes."),
    .init("submitted", .time, "When it came to the network."),
    .init("requested", .time, "The time that it asks for on this pool, or what is left of it."),
    .init("priority", .whole, "Where it is not 1; 1 goes before 2.", isOptional: true),
    .init("deadline", .time, "By when it is to be over.", isOptional: true),
    .init("tenant", .text, "Whose it is.", isOptional: true),
    .init("weight", .number, "The weight of its tenant, where not 1.", isOptional: true),
  ]
}
