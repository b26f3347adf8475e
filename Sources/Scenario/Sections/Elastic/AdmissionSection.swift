// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Simulator
internal import YAMLReader

/// Which flows are let in.
struct AdmissionSection: Section {
  var origin = Origin.none
  var order = AdmissionOrder(steps: AdmissionRule.standard.steps)
  var patience: Written<Positive<SimDuration>>?

  static let shape = Shape<AdmissionSection>(
    "Which flows are let in.", shorthand: "order",
    fields: [
      .defaulted(
        "order", \.order,
        """
        What is tried, one after the other: accept as asked, shrink to a lower tier, postpone; or \
        one of them behind accept, or none to let all in and promise nothing.
        """),
      .optional("patience", \.patience, "How long a flow waits in line at most; 10 min without."),
    ])
}

/// The steps of an admission, as a list or as one word.
struct AdmissionOrder: ScenarioValue {
  var steps: [AdmissionRule.Step]

  private static let words: [(word: String, steps: [AdmissionRule.Step])] = [
    ("accept", [.accept]), ("shrink", [.accept, .shrink]), ("postpone", [.accept, .postpone]),
    ("none", []),
  ]

  static var schema: Node {
    let step = Node.mapping([
      ("enum", .list(AdmissionRule.Step.allCases.map { .text($0.rawValue) }))
    ])
    return .mapping([
      (
        "anyOf",
        .list([
          .mapping([("enum", .list(words.map { .text($0.word) }))]),
          .mapping([
            ("type", .text("array")), ("items", step), ("minItems", .plain("1")),
            ("uniqueItems", .plain("true")),
          ]),
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> AdmissionOrder? {
    if let scalar = node.scalar {
      if let known = words.first(where: { $0.word == scalar.text }) {
        return AdmissionOrder(steps: known.steps)
      }
      problems.add(
        unknownName(scalar.text, kind: "word", among: words.map(\.word)), at: node.place,
        path: path)
      return nil
    }
    guard let steps = [AdmissionRule.Step].read(node, path: path, problems: &problems) else {
      return nil
    }
    guard steps.first == .accept, Set(steps).count == steps.count else {
      problems.add(
        found: steps.isEmpty ? "no steps" : steps.map(\.rawValue).joined(separator: ", "),
        expected: "accept first, and each step once; or none, to let all in", at: node.place,
        path: path)
      return nil
    }
    return AdmissionOrder(steps: steps)
  }

  var node: Node {
    steps.isEmpty ? .text("none") : .list(steps.map { .text($0.rawValue) })
  }
}

extension AdmissionRule.Step: Choice {}
