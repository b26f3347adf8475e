// SPDX-License-Identifier: GPL-3.0-or-later

/// A number before the words for what is counted: "1 link", "2 classes", "3 sources of tokens".
public func counted(_ count: Int, _ words: String) -> String {
  if count == 1 { return "1 \(words)" }
  var parts = words.split(separator: " ").map(String.init)
  // The first of "sources of tokens" is what is counted, and the last of "training jobs".
  let index = parts.firstIndex(of: "of").map { $0 - 1 } ?? parts.count - 1
  parts[index] += parts[index].hasSuffix("s") ? "es" : "s"
  return "\(count) \(parts.joined(separator: " "))"
}
