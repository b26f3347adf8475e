// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Pages

@Suite struct WordingTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/Pages").standardizedFileURL

  private func texts(_ ending: String) throws -> [String] {
    let all = FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil)
    return try (all?.allObjects as? [URL] ?? []).filter { $0.pathExtension == ending }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  private func keys(_ pattern: String, in text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern)
    let range = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: range).compactMap {
      Range($0.range(at: 1), in: text).map { String(text[$0]) }
    }
  }

  @Test func everyWordIsThereInBothLanguages() throws {
    let (english, chinese) = (Wording(.en), Wording(.zh))
    var count = 0
    for text in try texts("swift") {
      for key in try keys(#"words(?:\.filled\(\s*|\[)"([a-zA-Z0-9._-]+)"[\],]"#, in: text) {
        count += 1
        #expect(english.has(key) && chinese.has(key), "\(key)")
      }
    }
    for text in try texts("js") {
      for key in try keys(#"(?:word|fill)\("([a-z.A-Z]+[a-zA-Z])""#, in: text) {
        count += 1
        #expect(english.has("js.\(key)") && chinese.has("js.\(key)"), "\(key)")
      }
    }
    #expect(count > 80)
  }

  @Test func gapsAreTheSameInBothLanguages() throws {
    let table = String(decoding: PackageResources.words_tsv, as: UTF8.self)
    var seen: Set<String> = []
    for line in table.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      #expect(fields.count == 3 && !fields[1].isEmpty && !fields[2].isEmpty, "\(line)")
      #expect(seen.insert(fields[0]).inserted, "\(fields[0])")
      let gaps = try fields.dropFirst().map { Set(try keys(#"(\{\d\})"#, in: $0)) }
      #expect(gaps[0] == gaps[1], "\(line)")
    }
  }
}
