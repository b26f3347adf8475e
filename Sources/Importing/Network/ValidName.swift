// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// Names as scenarios take them.
enum ValidName {
  /// Longer ones are cut: they are texts and no names, and YAML has keys of 1024 bytes at most.
  static let longest = 100

  /// The nearest valid name: what can't stand in one becomes a blank, a `"` becomes `'`.
  static func from(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar == "\"" ? "'" : isForbidden(scalar) ? " " : scalar
    }
    var name = String.UnicodeScalarView()
    for word in scalars.split(separator: " ") {
      if !name.isEmpty { name.append(" ") }
      name.append(contentsOf: word)
    }
    var valid = String(String.UnicodeScalarView(name.prefix(longest))).trimmed
    if valid.hasSuffix(Topology.backSuffix) {
      valid = valid.dropLast(Topology.backSuffix.count).trimmed + " back"
    }
    // In results it stands for a class's own ceiling.
    if valid == "ceiling" { valid = "ceiling site" }
    return valid.isEmpty ? "unnamed" : valid.trimmed
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ";", ",", "\u{2028}", "\u{2029}": true
    // No text has them, and YAML takes them for none.
    case "\u{FEFF}", "\u{FFFE}", "\u{FFFF}": true
    default: scalar.properties.generalCategory == .control || scalar.properties.isWhitespace
    }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String { String(self).trimmed }
}

/// Makes names different by a number behind those that are there already.
struct UniqueNames {
  private var used: Set<String> = []
  private var next: [String: Int] = [:]

  /// Starts with names that are taken.
  init(_ taken: [String] = []) {
    used = Set(taken)
  }

  mutating func unique(_ name: String) -> String {
    if used.insert(name).inserted { return name }
    var number = next[name] ?? 2
    while !used.insert("\(name)-\(number)").inserted { number += 1 }
    next[name] = number + 1
    return "\(name)-\(number)"
  }
}
