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
      ("anyOf", .array(messages.map { .object([("$ref", .string("#/$defs/\($0.name)"))]) })),
      ("$defs", .object(messages.map { ($0.name, $0.shape.json) })),
    ])
  }

  /// The messages by their names in the schema, those of the run first.
  static let messages: [(name: String, shape: MessageShape)] =
    [("run.hello", runHello), ("run.changed", runChanged)]
    + SeamMessages.all.map { ("run.ask.\($0.name)", question(at: $0)) } + [
      ("run.bye", runBye), ("policy.hello", policyHello),
    ] + SeamMessages.all.map { ("policy.answer.\($0.name)", answer(at: $0)) }

  // MARK: - What the run says

  private static let runHello = MessageShape(
    "hello", "The run introduces itself, once, with what the seams need that it asks about.",
    isOpen: true,
    [
      .init("v", .whole, "The version of the messages: 1."),
      .init("seams", .list(.text), "What it is going to ask about."),
      .init("seed", .whole, "The seed of the run."),
      .init("scenario", .text, "Its name."),
      .init("duration", .time, "When it ends.", isOptional: true),
      .init("start", .text, "The date of time 0, a midnight: 2026-07-01."),
    ] + SeamMessages.all.members(\.hello))

  private static let runChanged = MessageShape(
    "changed", "What has changed since the last message.", isOpen: true,
    [.init("t", .time, "Now.")] + SeamMessages.all.members(\.changed))

  private static func question(at seam: SeamMessages) -> MessageShape {
    MessageShape(
      "ask", "A question. \(seam.about)", isOpen: true,
      [
        .init("q", .whole, "Its number."), .init("t", .time, "Now."),
        .init("seam", .constant(seam.name), "What it is about."),
      ] + seam.ask)
  }

  private static let runBye = MessageShape(
    "bye", "The run is over.", isOpen: true, [.init("reason", .text, "Why: end.")])

  // MARK: - What a policy says

  private static let policyHello = MessageShape(
    "hello", "The policy introduces itself, once.", isOpen: true,
    [
      .init("v", .whole, "The version of the messages: 1."),
      .init("answers", .list(.text), "What it answers: all seams of the run's hello."),
    ])

  private static func answer(at seam: SeamMessages) -> MessageShape {
    MessageShape(
      "answer", "An answer to such a question. \(seam.about)", isOpen: false,
      [.init("q", .whole, "The number of the question.")] + seam.answer)
  }
}
