// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let bandwidth = SeamMessages(
    name: "bandwidth", about: "What elastic flows get that send.",
    hello: [
      entries, .init("bandwidth", .list(.text), "The names of the entries that it decides on."),
    ],
    changed: [
      .init("flows", .list(.object(flow)), "Flows that send, with what has changed of them."),
      .init("gone", .list(.text), "Flows that send no more."),
      .init("links", .list(.object(room)), "Links on their ways that have another room."),
    ],
    answer: [
      .init(
        "order", .list(.text), "Flows in the order in which each takes all that it can.",
        isOptional: true),
      .init(
        "rates", .list(.object(rate)), "Flows that get just so much, before the others.",
        isOptional: true),
      .init("call_at", .time, "When to ask again.", isOptional: true),
    ])

  static let admission = SeamMessages(
    name: "admission", about: "Whether an elastic flow is let in.",
    hello: [
      entries, .init("admission", .list(.text), "The names of the entries that it decides on."),
    ],
    changed: [.init("ended", .list(.text), "Flows that were let in, and are over.")],
    ask: [
      .init("flow", .text, "Its name."),
      .init("of", .text, "Its entry in the scenario."),
      .init("bytes", .number, "Its size."),
      .init("asked", .text, "The tier that it asks for."),
      .init("arrived", .time, "When it came: now, unless it waits in line."),
      .init("deadline", .time, "When it is due.", isOptional: true),
      .init("links", .list(.text), "The links that it takes."),
      .init("fits", .list(.text), "The tiers, up to that one, whose floor fits on them."),
    ],
    answer: [
      .init("accept", .text, "It is let in with this tier.", isOptional: true),
      .init("begin", .time, "When it begins to send; at once, without.", isOptional: true),
      .init("wait", .boolean, "True: it stays in line.", isOptional: true),
      .init("refuse", .text, "Why it is not let in: 1 to 200 bytes.", isOptional: true),
      .init("call_at", .time, "When to ask again about those in line.", isOptional: true),
    ])

  private static let entries = MessageShape.Member(
    "elastic", .list(.object(entry)), "All entries of elastic flows.")

  private static let entry: [MessageShape.Member] = [
    .init("name", .text, "Its name."), .init("tiers", .list(.object(tier)), "What users can buy."),
  ]

  private static let tier: [MessageShape.Member] = [
    .init("name", .text, "Its name."),
    .init("floor", .number, "What a flow gets at least, in bit/s."),
    .init("ceiling", .number, "What it gets at most."),
    .init("weight", .number, "Its weight in the scenario."),
    .init("price", .number, "Of a terabyte.", isOptional: true),
  ]

  private static let flow: [MessageShape.Member] = [
    .init("flow", .text, "Its name."),
    .init("of", .text, "Its entry; the first time.", isOptional: true),
    .init("tier", .text, "The tier that it was given; the first time.", isOptional: true),
    .init("arrived", .time, "When it came; the first time.", isOptional: true),
    .init("deadline", .time, "When it is due; the first time.", isOptional: true),
    .init("left", .number, "Bits that are left of it.", isOptional: true),
    .init("links", .list(.text), "The links that it takes.", isOptional: true),
  ]

  private static let room: [MessageShape.Member] = [
    .init("link", .text, "Its name."),
    .init("room", .number, "What it has left beyond all floors, in bit/s; below 0 where it lacks."),
  ]

  private static let rate: [MessageShape.Member] = [
    .init("flow", .text, "Which flow."), .init("rate", .number, "In bit/s."),
  ]
}
