// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// The native text format of SNDlib, version 1.0, type network.
///
/// Orlowski, Wessäly, Pióro, Tomaszewski: "SNDlib 1.0 - Survivable Network Design Library",
/// Networks 55(3), 2010, and the format's description that comes with the library.
struct SNDlibNative {
  private var tokens: SNDlibTokens
  private var draft: NetworkDraft
  private var seen: [String] = []
  private var links: [SNDlibLink] = []

  private static let sections = ["META", "NODES", "LINKS", "DEMANDS", "ADMISSIBLE_PATHS"]

  static func draft(of text: InputText) throws(Fault) -> NetworkDraft {
    var reader = SNDlibNative(
      tokens: SNDlibTokens(text, from: text.firstWord), draft: NetworkDraft())
    try reader.takeHeader()
    while reader.tokens.peek() != nil { try reader.takeSection() }
    for needed in ["NODES", "LINKS"] where !reader.seen.contains(needed) {
      throw Fault(
        found: "the end of the file", expected: "the section \(needed)", at: text.bytes.count)
    }
    reader.draft.add(reader.links)
    return reader.draft
  }

  private init(tokens: SNDlibTokens, draft: NetworkDraft) {
    self.tokens = tokens
    self.draft = draft
  }

  /// `?SNDlib native format; type: network; version: 1.0`, and a comment that names the network.
  private mutating func takeHeader() throws(Fault) {
    let offset = tokens.position
    let header = tokens.restOfLine()
    let parts = header.split(separator: ";").map { String($0).trimmed }
    guard parts.first == "?SNDlib native format", parts.count == 3 else {
      throw Fault(
        found: Fault.quoted(header),
        expected: "\"?SNDlib native format; type: network; version: 1.0\"", at: offset)
    }
    for (part, known) in [(parts[1], "type: network"), (parts[2], "version: 1.0")]
    where part.filter({ $0 != " " }) != known.filter({ $0 != " " }) {
      throw Fault(found: Fault.quoted(part), expected: "\"\(known)\"", at: offset)
    }
    var ahead = tokens
    _ = ahead.nextLineBegins(with: "# network ").map { draft.name = $0 }
  }

  private mutating func takeSection() throws(Fault) {
    let section = try tokens.word("a section")
    guard Self.sections.contains(section.text) else {
      throw Fault(
        found: Fault.quoted(section.text),
        expected: "one of \(Self.sections.joined(separator: ", "))", at: section.offset)
    }
    guard !seen.contains(section.text) else {
      throw Fault("a second section \(section.text)", at: section.offset)
    }
    seen.append(section.text)
    try tokens.expect("(", "after \(section.text)")
    switch section.text {
    case "META": try takeMeta(from: section.offset)
    case "ADMISSIBLE_PATHS": try tokens.skipList()
    case "NODES": while !tokens.skip(")") { try takeNode() }
    case "LINKS": while !tokens.skip(")") { try takeLink() }
    default: while !tokens.skip(")") { try takeDemand() }
    }
  }

  /// Lines of `key = value`, where a value may have parentheses in it.
  private mutating func takeMeta(from offset: Int) throws(Fault) {
    _ = tokens.restOfLine()
    while tokens.peek() != nil {
      let line = tokens.restOfLine()
      if line == ")" { return }
      let parts = line.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      if parts.count == 2, parts[0] == "unit" { draft.take(unit: parts[1]) }
    }
    throw Fault("META without an end", at: offset)
  }
}

// MARK: - Items

extension SNDlibNative {
  private mutating func takeNode() throws(Fault) {
    let id = try tokens.word("a node")
    var position: Position?
    if tokens.skip("("), !tokens.skip(")") {
      let longitude = try tokens.number("the longitude of \(id.text)")
      let latitude = try tokens.number("the latitude of \(id.text)")
      position = Position(latitude: latitude, longitude: longitude)
      try tokens.expect(")", "after the position")
    }
    try skipLists()
    try draft.add(.init(id: id.text, label: nil, position: position), at: id.offset)
  }

  private mutating func takeLink() throws(Fault) {
    let id = try tokens.word("a link")
    let (source, target) = try takeEnds()
    let capacity = try tokens.number("the pre-installed capacity of \(id.text)")
    for cost in ["pre-installed capacity", "routing", "setup"] {
      _ = try tokens.number("the cost of \(cost) of \(id.text)")
    }
    try tokens.expect("(", "before the modules of \(id.text)")
    try tokens.skipList()
    try skipLists()
    links.append(
      SNDlibLink(source: source, target: target, capacity: capacity, offset: id.offset))
  }

  private mutating func takeDemand() throws(Fault) {
    let id = try tokens.word("a demand")
    let (source, target) = try takeEnds()
    let unit = try tokens.number("the routing unit of \(id.text)")
    let value = try tokens.number("the value of \(id.text)")
    guard unit >= 0, value >= 0 else {
      throw Fault("the demand \(Fault.quoted(id.text)) is negative", at: id.offset)
    }
    _ = try tokens.word("the longest path of \(id.text)")
    try skipLists()
    draft.demands.append(
      .init(source: source, target: target, value: unit * value, offset: id.offset))
  }

  private mutating func takeEnds() throws(Fault) -> (source: Int, target: Int) {
    try tokens.expect("(", "before two nodes")
    let source = try tokens.word("a node")
    let target = try tokens.word("a node")
    try tokens.expect(")", "after two nodes")
    return (
      try draft.index(of: source.text, at: source.offset),
      try draft.index(of: target.text, at: target.offset)
    )
  }

  /// Options that the format keeps room for.
  private mutating func skipLists() throws(Fault) {
    while tokens.skip("(") { try tokens.skipList() }
  }
}

extension SNDlibTokens {
  /// What follows a text at the start of the next line that is not empty.
  fileprivate mutating func nextLineBegins(with text: String) -> String? {
    var line = ""
    for _ in 0..<3 where line.isEmpty {
      skipLineEnd()
      line = restOfLine()
    }
    return line.hasPrefix(text) ? String(line.dropFirst(text.count)).trimmed : nil
  }
}
