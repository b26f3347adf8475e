// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import YAMLReader

/// A mapping of names to values of one kind, in the order of the file.
struct KeyedValues<Value: ScenarioValue>: ScenarioValue {
  struct Entry: Sendable {
    var name: Written<Name>
    var value: Value
  }

  var entries: [Entry]

  static var schema: Node {
    .mapping([
      ("type", .text("object")), ("additionalProperties", Value.schema),
      ("minProperties", .plain("1")),
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> KeyedValues? {
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      node.report(expected: "a mapping of names to values", path: path, problems: &problems)
      return nil
    }
    let read = entries.map { entry in
      Value.read(entry.value, path: path.key(entry.key), problems: &problems).map {
        Entry(
          name: Written(Name(entry.key), place: entry.keyPlace, path: path.key(entry.key)),
          value: $0)
      }
    }
    let good = read.compactMap(\.self)
    return good.count == read.count ? KeyedValues(entries: good) : nil
  }

  var node: Node { .mapping(entries.map { ($0.name.value.text, $0.value.node) }) }
}

/// A value that changes at given times: `{0 s: 1 MW, 6 h: 400 kW}`, or one that stays.
struct Steps<Value: ScenarioValue>: ScenarioValue {
  struct Step: Sendable {
    var time: SimDuration
    var value: Value
  }

  var steps: [Step]
  private var isPlain = false

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          Value.schema,
          .mapping([
            ("type", .text("object")), ("additionalProperties", Value.schema),
            ("minProperties", .plain("1")),
          ]),
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Steps? {
    if node.scalar != nil {
      return Value.read(node, path: path, problems: &problems).map {
        Steps(steps: [Step(time: .zero, value: $0)], isPlain: true)
      }
    }
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      node.report(
        expected: "a value, or a mapping of times to values", path: path, problems: &problems)
      return nil
    }
    var steps: [Step] = []
    for entry in entries {
      let key = Node(.scalar(.init(text: entry.key, isQuoted: false)), at: entry.keyPlace)
      guard let time = SimDuration.read(key, path: path.key(entry.key), problems: &problems),
        let value = Value.read(entry.value, path: path.key(entry.key), problems: &problems)
      else { return nil }
      guard time > steps.last?.time ?? SimDuration(nanoseconds: -1) else {
        problems.add(
          found: Node.quoted(entry.key), expected: "times one after the other",
          at: entry.keyPlace, path: path.key(entry.key))
        return nil
      }
      steps.append(Step(time: time, value: value))
    }
    guard steps[0].time == .zero else {
      problems.add(
        found: Node.quoted(entries[0].key), expected: "0 s as the first time",
        at: entries[0].keyPlace, path: path.key(entries[0].key))
      return nil
    }
    return Steps(steps: steps)
  }

  var node: Node {
    if isPlain { return steps[0].value.node }
    return .mapping(
      steps.map { step in
        let text = if case .scalar(let scalar) = step.time.node.content { scalar.text } else { "" }
        return (text, step.value.node)
      })
  }
}

/// Pairs of numbers, the first of each rising: `{0: 1.1, 30: 1.4}`.
struct Knots: ScenarioValue {
  var points: [(x: Double, y: Double)]

  static var schema: Node {
    .mapping([
      ("type", .text("object")), ("additionalProperties", Double.schema),
      ("minProperties", .plain("1")),
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Knots? {
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      node.report(
        expected: "a mapping of numbers to numbers", path: path, problems: &problems)
      return nil
    }
    var points: [(x: Double, y: Double)] = []
    for entry in entries {
      let key = Node(.scalar(.init(text: entry.key, isQuoted: false)), at: entry.keyPlace)
      guard let x = Double.read(key, path: path.key(entry.key), problems: &problems),
        let y = Double.read(entry.value, path: path.key(entry.key), problems: &problems)
      else { return nil }
      guard x > points.last?.x ?? -.infinity else {
        problems.add(
          found: Node.quoted(entry.key), expected: "numbers that rise", at: entry.keyPlace,
          path: path.key(entry.key))
        return nil
      }
      points.append((x, y))
    }
    return Knots(points: points)
  }

  var node: Node {
    .mapping(
      points.map { point in
        let text = if case .scalar(let scalar) = point.x.node.content { scalar.text } else { "" }
        return (text, point.y.node)
      })
  }
}

/// One number for all hours, or 24 by the hour of the day.
struct Hourly<Value: ScenarioValue>: ScenarioValue {
  var values: [Value]

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          Value.schema,
          .mapping([
            ("type", .text("array")), ("items", Value.schema), ("minItems", .plain("24")),
            ("maxItems", .plain("24")),
          ]),
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Hourly? {
    if node.scalar != nil {
      return Value.read(node, path: path, problems: &problems).map { Hourly(values: [$0]) }
    }
    guard let values = [Value].read(node, path: path, problems: &problems) else { return nil }
    guard values.count == 24 else {
      problems.add(
        found: "\(values.count) values", expected: "one, or 24 from midnight on", at: node.place,
        path: path)
      return nil
    }
    return Hourly(values: values)
  }

  var node: Node { values.count == 1 ? values[0].node : .list(values.map(\.node)) }
}
