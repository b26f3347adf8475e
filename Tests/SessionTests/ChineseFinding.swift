// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// A finding in Chinese, which has the figures of the English one and no English word.
struct ChineseFinding {
  private let text: String

  init(_ text: String) { self.text = text }

  /// Names in the scenarios; `tokens` is what tokens without a name are called.
  private static let names: Set = ["ab", "ac", "bc", "main", "live", "tokens", "default", "e", "t"]

  func check(against english: String) {
    #expect(Self.figures(text) == Self.figures(english), "\(text) / \(english)")
    #expect(text.hasSuffix("。") && text.contains { ("一"..."龥").contains($0) }, "\(text)")
    let words = text.matches(of: #/[A-Za-z]+/#).map { String($0.output) }
    let english = words.filter { !Self.names.contains($0) && !Self.isUnit($0) }
    #expect(english.isEmpty, "\(text): \(english)")
  }

  private static func figures(_ text: String) -> [String] {
    text.matches(of: #/[0-9][0-9,.:]*/#).map { String($0.output) }
      .map {
        $0.hasSuffix(".") || $0.hasSuffix(",") || $0.hasSuffix(":") ? String($0.dropLast()) : $0
      }
      .sorted()
  }

  private static func isUnit(_ word: String) -> Bool {
    word.wholeMatch(of: #/[kMGTPEmn]?(s|min|h|d|Wh|W|g|t|B)?|PUE/#) != nil
  }
}
