// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

extension FuzzTarget {
  /// A tree that is read is written, and reads as itself.
  static let yaml = FuzzTarget("yaml", longest: 4096, words: marks) { bytes in
    var problems = Problems(file: "input")
    guard let node = Node.read(bytes, problems: &problems), problems.isEmpty else {
      return problems.isEmpty ? "it is refused, and nobody says why" : nil
    }
    let text = node.json
    guard let again = Node.read(Array(text.utf8), problems: &problems), problems.isEmpty else {
      return "what was read is written as what can't be: \(text)"
    }
    return again.json == text ? nil : "it is written as \(text), and that as \(again.json)"
  }

  /// Settings, a line each, that change a small tree; lines that begin with - remove something.
  static let settings = FuzzTarget(
    "settings", longest: 1024,
    words: marks + ["network", "links", "traffic", "flows", "generate", "weights", "[+]", "[0]"]
  ) { bytes in
    guard var tree = settled else { return "the tree can't be read" }
    var problems = Problems(file: "input")
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(8) {
      let setting =
        line.first == "-"
        ? Setting(removing: String(line.dropFirst()), problems: &problems)
        : Setting(String(line), problems: &problems)
      if let setting { tree.apply(setting, problems: &problems) }
    }
    let text = tree.json
    var others = Problems(file: "output")
    let again = Node.read(Array(text.utf8), problems: &others)
    return again?.json == text ? nil : "the changed tree does not read as itself: \(text)"
  }

  private static let marks = [
    "---", "...", "- ", "? ", ": ", "<<", "!!str ", "!x ", "&a ", "*a", "%YAML 1.2\n", "%TAG ! x\n",
    "|\n", ">-\n", "|2+\n", "\"\\u0041\"", "\"\\x0a\"", "''", "{}", "[]", "{a: 1}", "[1, 2]",
    "null",
    "~", "true", "1e9", "0x1f", ".inf", "# ", "\u{FEFF}", "\u{85}", "\u{2028}", "\t", "\r\n",
  ]

  private static let settled: Node? = {
    let text = """
      {scenario: s, seed: 1, network: {links: [{name: l0, capacity: 1 Gbps}, {name: a.b, delay: 1 s}]},
      traffic: [{flows: [{flow: f, size: 1 B}]}, {generate: {name: g, weights: {a: 1, b: 2}}}], events: []}
      """
    var problems = Problems(file: "input")
    return Node.read(Array(text.utf8), problems: &problems)
  }()
}
