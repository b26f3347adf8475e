// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let tokens = SeamMessages(
    name: "tokens", about: "Which sites serve what is asked of a token traffic.",
    hello: [
      .init("tokens", .list(.object(traffic)), "The traffics that it decides on, as they stay.")
    ],
    changed: [
      .init(
        "tokens", .list(.object(news)), "The traffic that is asked about, with what has changed.")
    ],
    ask: [
      .init("tokens", .text, "The name of the traffic."),
      .init("step", .whole, "The step of the day that now is in."),
    ],
    answer: [
      .init("send", .list(.object(sent)), "Parts and where they go.", isOptional: true),
      .init("refuse", .list(.object(part)), "Parts that go nowhere.", isOptional: true),
      .init("call_at", .time, "When to ask again.", isOptional: true),
    ])

  private static let traffic: [MessageShape.Member] = [
    .init("name", .text, "Its name."),
    .init("services", .list(.object(service)), "What is asked for."),
    .init("sites", .list(.object(site)), "Where it may be served."),
    .init("sources", .list(.object([.init("at", .text, "Which place.")])), "Who asks."),
  ]

  private static let service: [MessageShape.Member] = [
    .init("name", .text, "Its name."),
    .init("input_tokens", .number, "The mean tokens that a request brings."),
    .init("output_tokens", .number, "The mean tokens that it is answered with."),
  ]

  private static let site: [MessageShape.Member] = [
    .init("at", .text, "Which place."),
    .init(
      "input_per_s", .number, "Tokens a second that it takes in, if it does nothing else.",
      isOptional: true),
    .init("output_per_s", .number, "Likewise given out.", isOptional: true),
  ]

  private static let news: [MessageShape.Member] = [
    .init("name", .text, "Which traffic."),
    .init("sources", .list(.object(source)), "Those of which anything has changed."),
  ]

  private static let source: [MessageShape.Member] = [
    .init("at", .text, "Which place."),
    .init("asked", .list(.number), "Tokens a second, for each service.", isOptional: true),
    .init(
      "delays", .list(.timeOrNull), "There and back, for each site; null where no way leads there.",
      isOptional: true),
  ]

  private static let part: [MessageShape.Member] = [
    .init("from", .text, "Who asks."),
    .init("service", .text, "For which service; for all, without.", isOptional: true),
    .init("part", .number, "From 0 to 1."),
  ]

  private static let sent = part + [.init("to", .text, "The site that serves it.")]
}
