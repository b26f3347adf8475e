// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing
import YAMLReader

@Suite struct NodeJSONTests {
  @Test(arguments: [
    "plain", "", "a \"quote\" and \\", "line\nbreak\ttab", "\u{1}\u{7f}\u{85}\u{2028}\u{feff}",
    "张家口 🛰", "- a: [b]", "true", "1e3", " blanks ", "null", "#", "/",
  ])
  func everyTextReadsBackAsItWas(text: String) throws {
    let json = Node.mapping([(text, .text(text)), ("list", .list([.text(text)]))]).json
    let read = try #require(tree(json).node)
    #expect(read.json == json)
    guard case .mapping(let entries) = read.content,
      case .scalar(let scalar) = entries[0].value.content
    else {
      Issue.record("the node is a mapping")
      return
    }
    #expect(entries[0].key == text)
    #expect(scalar.text == text)
    // Another reader of JSON agrees.
    let other = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(other?["list"] as? [String] == [text])
  }

  @Test(arguments: [
    ("1", "1"), ("-2.5e-3", "-2.5e-3"), ("0", "0"), ("true", "true"), ("01", "\"01\""),
    ("+1", "\"+1\""), (".5", "\".5\""), ("0x1F", "\"0x1F\""), ("nan", "\"nan\""),
    ("null", "\"null\""),
  ])
  func plainValuesStandWithoutQuotesWhereJSONLetsThem(text: String, json: String) {
    #expect(Node.plain(text).json == json + "\n")
  }
}
