// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// What a message looks like: its type and its members.
struct MessageShape: Sendable {
  indirect enum Kind: Sendable {
    case text, number, whole, boolean
    /// Whole nanoseconds, not before the start of the run.
    case time
    /// The same, or nothing.
    case timeOrNull
    /// This one text.
    case constant(String)
    case list(Kind)
    case object([Member])
  }

  struct Member: Sendable {
    var name: String
    var kind: Kind
    var about: String
    var isOptional: Bool

    init(_ name: String, _ kind: Kind, _ about: String, isOptional: Bool = false) {
      self.name = name
      self.kind = kind
      self.about = about
      self.isOptional = isOptional
    }
  }

  var type: String
  var about: String
  /// Whether there may be members that are not named here.
  var isOpen: Bool
  var members: [Member]

  init(_ type: String, _ about: String, isOpen: Bool, _ members: [Member]) {
    self.type = type
    self.about = about
    self.isOpen = isOpen
    self.members = members
  }

  var json: JSON {
    var object = MessageShape.object(members, isOpen: isOpen)
    let type = JSON.object([("const", .string(type))])
    object[1].value = .object([("type", type)] + MessageShape.properties(members, isOpen: isOpen))
    object[2].value = .array(["type"] + MessageShape.required(members))
    return .object([("description", .string(about))] + object)
  }

  // MARK: - Parts

  private static func object(
    _ members: [Member], isOpen: Bool
  ) -> [(name: String, value: JSON)] {
    [
      ("type", "object"), ("properties", .object(properties(members, isOpen: isOpen))),
      ("required", .array(required(members))),
    ] + (isOpen ? [] : [("additionalProperties", false)])
  }

  private static func properties(
    _ members: [Member], isOpen: Bool
  ) -> [(name: String, value: JSON)] {
    members.map { member in
      let about: (name: String, value: JSON) = ("description", .string(member.about))
      return (member.name, .object([about] + schema(of: member.kind, isOpen: isOpen)))
    }
  }

  private static func required(_ members: [Member]) -> [JSON] {
    members.filter { !$0.isOptional }.map { .string($0.name) }
  }

  private static func schema(of kind: Kind, isOpen: Bool) -> [(name: String, value: JSON)] {
    switch kind {
    case .text: [("type", "string")]
    case .number: [("type", "number")]
    case .whole: [("type", "integer")]
    case .boolean: [("type", "boolean")]
    case .time: [("type", "integer"), ("minimum", .integer(0))]
    case .timeOrNull: [("type", .array(["integer", "null"])), ("minimum", .integer(0))]
    case .constant(let text): [("type", "string"), ("const", .string(text))]
    case .list(let kind):
      [("type", "array"), ("items", .object(schema(of: kind, isOpen: isOpen)))]
    case .object(let members): object(members, isOpen: isOpen)
    }
  }
}
