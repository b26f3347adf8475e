// SPDX-License-Identifier: GPL-3.0-or-later

/// A value of a YAML file, with the place it stands at.
public struct Node: Sendable {
  public enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
    /// A value whose problem has been reported; whoever reads it says no more.
    case broken
  }

  /// A single value: text that its reader gives a type.
  public struct Scalar: Hashable, Sendable {
    public var text: String
    /// True where quotes or a block style say that it is text and nothing else.
    public var isQuoted: Bool

    public init(text: String, isQuoted: Bool) {
      self.text = text
      self.isQuoted = isQuoted
    }
  }

  /// A key of a mapping and its value.
  public struct Entry: Sendable {
    public var key: String
    public var keyPlace: Place
    public var value: Node

    public init(key: String, keyPlace: Place = .file, value: Node) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  public var content: Content
  public var place: Place

  public init(_ content: Content, at place: Place = .file) {
    self.content = content
    self.place = place
  }
}

extension Node {
  /// How many collections there are around its innermost value.
  var depth: Int {
    switch content {
    case .scalar, .broken: 0
    case .sequence(let elements): 1 + (elements.map(\.depth).max() ?? 0)
    case .mapping(let entries): 1 + (entries.map(\.value.depth).max() ?? 0)
    }
  }

  /// The same value as if all of it stood at one place.
  func moved(to place: Place) -> Node {
    switch content {
    case .scalar, .broken: Node(content, at: place)
    case .sequence(let elements): Node(.sequence(elements.map { $0.moved(to: place) }), at: place)
    case .mapping(let entries):
      Node(
        .mapping(
          entries.map { .init(key: $0.key, keyPlace: place, value: $0.value.moved(to: place)) }),
        at: place)
    }
  }
}

// MARK: - Nodes that a program writes

extension Node {
  public static func text(_ text: String) -> Node {
    Node(.scalar(Scalar(text: text, isQuoted: true)))
  }

  /// A number, `true` or `false`: text that needs no quotes.
  public static func plain(_ text: String) -> Node {
    Node(.scalar(Scalar(text: text, isQuoted: false)))
  }

  public static func list(_ elements: [Node]) -> Node { Node(.sequence(elements)) }

  public static func mapping(_ entries: [(String, Node)]) -> Node {
    Node(.mapping(entries.map { Entry(key: $0, value: $1) }))
  }
}

// MARK: - What a message says of a node

extension Node {
  /// True for an empty value, `~` and `null`.
  public var isNothing: Bool {
    guard case .scalar(let scalar) = content, !scalar.isQuoted else { return false }
    return switch scalar.text {
    case "", "~", "null", "Null", "NULL": true
    default: false
    }
  }

  /// The value in a few words, for a message that says what was found.
  public var summary: String {
    switch content {
    case .scalar where isNothing: "nothing"
    case .scalar(let scalar) where !scalar.isQuoted && Double(scalar.text) != nil: scalar.text
    case .scalar(let scalar): Node.quoted(scalar.text)
    case .sequence(let elements): elements.isEmpty ? "an empty list" : "a list"
    case .mapping(let entries): entries.isEmpty ? "an empty mapping" : "a mapping"
    case .broken: "an invalid value"
    }
  }

  /// Reports that something else was expected, unless the node's problem is reported already.
  public func report(expected: String, path: Path, problems: inout Problems) {
    if case .broken = content { return }
    problems.add(found: summary, expected: expected, at: place, path: path)
  }

  /// A text in quotes, cut where it is too long for a message.
  public static func quoted(_ text: String) -> String {
    let longest = 60
    let line = text.prefix(longest).map { $0.isNewline ? " " : $0 }
    return "\"\(String(line))\(text.count > longest ? "…" : "")\""
  }
}
