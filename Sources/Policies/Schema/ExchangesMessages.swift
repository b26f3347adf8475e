// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let exchanges = SeamMessages(
    name: "exchanges",
    about: "By which paths the transfers of an exchange of a job cross a fabric.",
    hello: balancing.hello,
    ask: [
      .init("fabric", .text, "Which fabric."),
      .init("job", .text, "The name of the job that trains there."),
      .init(
        "transfers", .list(.object(transfer)), "Those that may take several paths, all at once."),
      .init(
        "up", .list(.listOrNull(.number)),
        "By leaf and spine: what is under way on the link up; null where it is down."),
      .init("down", .list(.listOrNull(.number)), "The same of the link down to the leaf."),
      .init(
        "core_up", .list(.listOrNull(.number)),
        "By spine, pod by pod, and core: what is under way on the link up.", isOptional: true),
      .init(
        "core_down", .list(.listOrNull(.number)), "The same of the link down to the spine.",
        isOptional: true),
    ],
    answer: [
      .init(
        "paths", .list(.list(.whole)),
        "For each transfer the numbers of paths that are up; each carries the same part.")
    ])

  private static let transfer: [MessageShape.Member] = [
    .init("cards", .list(.text), "The links of the cards that it comes from and goes to."),
    .init("leaves", .list(.whole), "The leaves of these, from 0 on."),
    .init("bytes", .number, "What is to be sent, or left of it."),
  ]
}
