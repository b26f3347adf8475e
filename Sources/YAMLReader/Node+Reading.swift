// SPDX-License-Identifier: GPL-3.0-or-later

extension Node {
  /// The tree of a YAML or JSON file; nil where it can't be read, which is reported.
  ///
  /// Anchors, aliases, tags, merge keys, duplicate keys and second documents are not taken;
  /// all of them are reported, and the tree has a broken node where a value is missing.
  public static func read(file: String, problems: inout Problems) -> Node? {
    guard let bytes = SourceText.contents(of: file, problems: &problems) else { return nil }
    return read(bytes, problems: &problems)
  }

  /// The tree of a text in UTF-8.
  public static func read(_ bytes: [UInt8], problems: inout Problems) -> Node? {
    SourceText(bytes, problems: &problems).flatMap {
      TreeBuilder.build(from: $0, problems: &problems)
    }
  }
}
