// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// The language of a page.
public enum PageLanguage: String, CaseIterable, Sendable {
  case en, zh
}

/// The words of a page, in one language, from a table with a column for each.
///
/// Names of links, metrics and tables are the same in all: they are what the files have.
struct Wording {
  let language: PageLanguage
  private var words: [String: String] = [:]
  private var order: [String] = []

  init(_ language: PageLanguage) {
    self.language = language
    let text = String(decoding: PackageResources.words_tsv, as: UTF8.self)
    for line in text.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      let key = String(fields[0])
      words[key] = String(fields[language == .en ? 1 : 2])
      order.append(key)
    }
  }

  /// The word of a key, which has to be in the table; the tests look at each.
  subscript(key: String) -> String { words[key] ?? key }

  func has(_ key: String) -> Bool { words[key] != nil }

  /// A sentence with its gaps `{0}`, `{1}` filled in.
  func filled(_ key: String, _ values: String...) -> String {
    var text = self[key]
    for (place, value) in values.enumerated() {
      text = text.replacing("{\(place)}", with: value)
    }
    return text
  }

  /// Those that the page itself says while it is looked at.
  var json: JSON {
    .object(
      order.filter { $0.hasPrefix("js.") }.map { (String($0.dropFirst(3)), .string(self[$0])) })
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    var parts = [Substring]()
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    parts.append(rest)
    return parts.joined(separator: other)
  }
}
