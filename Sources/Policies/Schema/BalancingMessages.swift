// SPDX-License-Identifier: GPL-3.0-or-later

extension SeamMessages {
  static let balancing = SeamMessages(
    name: "balancing", about: "By which path a flow crosses a fabric.",
    hello: [
      .init("fabrics", .list(.object(fabric)), "The fabrics that it decides on.")
    ],
    ask: [
      .init("fabric", .text, "Which fabric."),
      .init("flow", .text, "Its name."),
      .init("bytes", .number, "Its size."),
      .init("cards", .list(.text), "The links of the cards that it comes from and goes to."),
      .init(
        "paths", .list(.listOrNull(.number)),
        "By path: the flows on its fullest link, and the sum over its links; null where it is down."
      ),
    ],
    answer: [.init("path", .whole, "The position of one of them that is up.")])

  private static let fabric: [MessageShape.Member] = [
    .init("name", .text, "Its name."), .init("hosts", .whole, "Its hosts."),
    .init("leaves", .whole, "Its leaves."),
    .init("spines", .whole, "The spines of a pod."),
    .init("pod_leaves", .whole, "The leaves of a pod, with a third tier.", isOptional: true),
    .init("cores", .whole, "The cores that each spine has links to.", isOptional: true),
  ]
}
