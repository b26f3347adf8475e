// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let power = SeamMessages(
    name: "power", about: "How much power the sites of pools may take from now on.",
    hello: placement.hello,
    changed: [
      .init("power", .list(.object(news)), "Pools whose power is known, with what has changed.")
    ],
    answer: [
      .init(
        "limits", .list(.object(limit)), "Pools that may take another power than before.",
        isOptional: true),
      .init("call_at", .time, "When to ask again.", isOptional: true),
    ])

  private static let news: [MessageShape.Member] = [
    .init("pool", .text, "Which pool."),
    .init(
      "yuan_per_kwh", .number, "What a kilowatt-hour of its site costs now.", isOptional: true),
    .init("pue", .number, "What the site takes over what its machines do.", isOptional: true),
    .init("running", .whole, "Accelerators at work.", isOptional: true),
    .init("waiting", .whole, "Jobs that wait there.", isOptional: true),
  ]

  private static let limit: [MessageShape.Member] = [
    .init("pool", .text, "Which pool."),
    .init(
      "w", .number, "What its site may take, cooling and all; without, all that it wants.",
      isOptional: true),
  ]
}
