// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let preemption = SeamMessages(
    name: "preemption", about: "Whom to stop for a job that could not start otherwise.",
    hello: placement.hello,
    ask: [
      .init("job", .text, "The job that needs room."),
      .init("of", .text, "Its entry in the scenario."),
      .init("pool", .text, "The identifier of the pool that it has come to."),
      .init("accelerators", .whole, "How many it takes."),
      .init("priority", .whole, "Its priority; 1 counts for more than 2."),
      .init("missing", .whole, "How many of them are not free."),
      .init("deadline", .time, "By when it is to be over.", isOptional: true),
      .init("candidates", .list(.object(candidate)), "Jobs that may be stopped for it."),
    ],
    answer: [.init("stop", .list(.text), "Those that are; none, and it waits.", isOptional: true)])

  private static let candidate: [MessageShape.Member] = [
    .init("job", .text, "Its name."),
    .init("accelerators", .whole, "How many it holds."),
    .init("priority", .whole, "Its priority."),
    .init("since", .time, "When it started here."),
    .init("rest", .time, "What is left of the time that it asked for on this pool."),
  ]
}
