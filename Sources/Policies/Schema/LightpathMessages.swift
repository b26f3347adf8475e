// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let lightpaths = SeamMessages(
    name: "lightpaths",
    about: "By which path and channels a lightpath for a request goes, if it does.",
    hello: [
      .init("slots", .whole, "The slots of each fibre: channels, or slices of a flexible grid."),
      .init("fibres", .list(.object(fibre)), "The fibres."),
    ],
    ask: [
      .init("request", .text, "Its name."),
      .init("from", .text, "The node at one end."),
      .init("to", .text, "The node at the other."),
      .init("rate", .number, "What it asks for, in bit/s."),
      .init("left", .number, "What of that the lightpaths that were lit for it do not carry."),
      .init("hold", .time, "For how long; to the end of the run, without.", isOptional: true),
      .init("paths", .list(.object(path)), "The paths with room, in the order of the scenario."),
    ],
    answer: [
      .init("path", .whole, "The position of one of them.", isOptional: true),
      .init("first", .whole, "The first of the slots that it takes there.", isOptional: true),
      .init("refuse", .text, "Why it gets nothing: 1 to 200 bytes.", isOptional: true),
    ])

  private static let fibre: [MessageShape.Member] = [
    .init("name", .text, "Its name."), .init("from", .text, "The node at one end."),
    .init("to", .text, "The node at the other."), .init("km", .number, "Its length."),
  ]

  private static let path: [MessageShape.Member] = [
    .init("fibres", .list(.text), "Its fibres, one behind another."),
    .init("km", .number, "Its length."),
    .init("slots", .whole, "How many slots a lightpath takes there, side by side."),
    .init("line_rate", .number, "What it carries, in bit/s."),
    .init(
      "free", .list(.list(.whole)),
      "Runs of slots that are free on all its fibres: the first, and the one behind the last."),
  ]
}
