// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// A section of a page: a title, and parts of a few kinds that the page knows how to lay out.
struct Section {
  var id: String
  var title: String
  var parts: [Part]

  var json: JSON {
    .object([
      ("id", .string(id)), ("title", .string(title)), ("parts", .array(parts.map(\.json))),
    ])
  }
}

/// A part of a section, as its program on the page reads it.
struct Part {
  private var members: [(name: String, value: JSON)]

  init(_ kind: String, _ members: [(name: String, value: JSON)]) {
    self.members = [("kind", .string(kind))] + members
  }

  var json: JSON { .object(members) }

  /// The same, beside another where there is room.
  var half: Part {
    var part = self
    part.members.append(("isHalf", true))
    return part
  }
}

extension Part {
  static func text(_ text: String, isQuiet: Bool = false) -> Part {
    Part("text", [("text", .string(text)), ("isQuiet", .boolean(isQuiet))])
  }

  static func list(_ items: [String]) -> Part {
    Part("list", [("items", .array(items.map { .string($0) }))])
  }

  /// A value with what it is and, where it is one, the metric that it equals.
  struct Fact {
    var label: String
    var value: Double
    var unit: String
    var metric: String
  }

  static func facts(_ facts: [Fact]) -> Part {
    Part(
      "facts",
      [
        (
          "items",
          .array(
            facts.map {
              .object([
                ("label", .string($0.label)), ("value", .number($0.value)),
                ("unit", .string($0.unit)), ("metric", .string($0.metric)),
              ])
            })
        )
      ])
  }

  static func bars(
    _ id: String, _ title: String, unit: String, _ items: [(name: String, value: Double)],
    note: String? = nil
  ) -> Part {
    Part(
      "bars",
      [
        ("id", .string(id)), ("title", .string(title)), ("unit", .string(unit)),
        (
          "items",
          .array(items.map { .object([("name", .string($0.name)), ("value", .number($0.value))]) })
        ), ("note", JSON(note)),
      ])
  }

  /// Series over the same instants; `picks` are those of which one is looked at at a time.
  static func chart(
    _ id: String, _ title: String, unit: String, times: [Double],
    _ series: [(name: String, values: [Double])], picks: Bool = false, from: Double? = 0,
    note: String? = nil
  ) -> Part {
    var members: [(name: String, value: JSON)] = [
      ("id", .string(id)), ("title", .string(title)), ("unit", .string(unit)),
      ("x", Digits.list(times)),
      (
        "series",
        .array(
          series.map { .object([("name", .string($0.name)), ("y", Digits.list($0.values))]) })
      ), ("note", JSON(note)),
    ]
    if let from { members.append(("from", .number(from))) }
    if picks { members.append(("picks", .array(series.indices.map { .integer(Int64($0)) }))) }
    return Part("chart", members)
  }

  struct TableColumn {
    var name: String
    var unit: String?

    init(_ name: String, _ unit: String? = nil) {
      self.name = name
      self.unit = unit
    }
  }

  static func table(
    _ id: String, _ title: String, _ columns: [TableColumn], _ rows: [[JSON]],
    isFolded: Bool = false, note: String? = nil
  ) -> Part {
    Part(
      "table",
      [
        ("id", .string(id)), ("title", .string(title)), ("isFolded", .boolean(isFolded)),
        (
          "columns",
          .array(columns.map { .object([("name", .string($0.name)), ("unit", JSON($0.unit))]) })
        ), ("rows", .array(rows.map { .array($0) })), ("note", JSON(note)),
      ])
  }

  static func matrix(
    _ id: String, _ title: String, unit: String, rows: [String], columns: [String],
    _ values: [[Double]], isCentred: Bool = false, note: String? = nil
  ) -> Part {
    Part(
      "matrix",
      [
        ("id", .string(id)), ("title", .string(title)), ("unit", .string(unit)),
        ("rows", .array(rows.map { .string($0) })),
        ("columns", .array(columns.map { .string($0) })),
        ("values", .array(values.map { Digits.list($0) })), ("isCentred", .boolean(isCentred)),
        ("note", JSON(note)),
      ])
  }
}
