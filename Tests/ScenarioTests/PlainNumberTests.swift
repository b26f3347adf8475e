// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing
import YAMLReader

/// Plain values of the shipped scenarios that readers of YAML 1.1, such as Python's, take for
/// something else than readers of 1.2 do.
///
/// Without quotes `175e9` is text there and a number here, `on` is true there and text here, and
/// `12:30` is 750 there. https://yaml.org/type/float.html, int.html, bool.html, timestamp.html
@Suite struct PlainNumberTests {
  private static var files: [URL] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Scenarios").standardized
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { folder.appending(path: $0) }
  }

  private static func isAmbiguous(_ text: String) -> Bool {
    func matches(_ pattern: String) -> Bool {
      text.range(of: "^(\(pattern))$", options: .regularExpression) != nil
    }
    // A number to 1.2 that is none to 1.1: an exponent without a point, or without a sign.
    if matches(#"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+"#) {
      return !matches(#"[-+]?[0-9]+\.[0-9]*[eE][-+][0-9]+"#)
    }
    // Words, numbers to the base of 60 and of 8, numbers with underscores, and dates to 1.1.
    return matches("[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF")
      || matches(#"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"#) || matches("[-+]?0[0-9_]+")
      || matches("[-+]?0o[0-7]+") || matches("[-+]?[0-9][0-9,]*_[0-9_]*")
      || matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
  }

  private func plain(_ node: Node) -> [(text: String, place: Place)] {
    switch node.content {
    case .scalar(let scalar): scalar.isQuoted ? [] : [(scalar.text, node.place)]
    case .sequence(let elements): elements.flatMap(plain)
    case .mapping(let entries):
      entries.flatMap { [($0.key, $0.keyPlace)] + plain($0.value) }
    case .broken: []
    }
  }

  @Test func shippedScenariosReadTheSameEverywhere() throws {
    #expect(Self.files.count > 10)
    for file in Self.files {
      var problems = Problems(file: file.lastPathComponent)
      let node = try #require(Node.read(file: file.path, problems: &problems))
      for (text, place) in plain(node) where Self.isAmbiguous(text) {
        Issue.record("\(file.lastPathComponent), \(place): \(text)")
      }
    }
  }

  @Test(arguments: [
    "175e9", "1e-7", "1.5e9", "on", "NO", "12:30", "010", "0o7", "1_000", "2026-07-01", "y",
  ]) func whatTheyTakeOtherwiseIsFound(text: String) {
    #expect(Self.isAmbiguous(text))
  }

  @Test(arguments: ["175.0e+9", "1.0e-7", "10", "0.5", "0", "140e12 tokens/day", "true", "none"])
  func whatTheyTakeAlikeIsLetBe(text: String) {
    #expect(!Self.isAmbiguous(text))
  }
}
