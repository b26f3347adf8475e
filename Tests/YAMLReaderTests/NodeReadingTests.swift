// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text
import YAMLReader

/// The tree of a text, and the problems it has.
func tree(_ text: String) -> (node: Node?, problems: [String]) {
  tree(Array(text.utf8))
}

func tree(_ bytes: [UInt8]) -> (node: Node?, problems: [String]) {
  var problems = Problems(file: "f.yaml")
  let node = Node.read(bytes, problems: &problems)
  return (node, problems.sorted.map(\.description))
}

@Suite struct NodeReadingTests {
  @Test func nodesKnowWhereTheyStand() throws {
    let root = try #require(tree("a: 1\nb:\n  - x\n  - 张: 'y'\n").node)
    #expect(
      root.json == """
        {
          "a": 1,
          "b": [
            "x",
            {"张": "y"}
          ]
        }

        """)
    guard case .mapping(let entries) = root.content,
      case .sequence(let list) = entries[1].value.content,
      case .mapping(let inner) = list[1].content
    else {
      Issue.record("the tree has another shape")
      return
    }
    #expect(entries[0].value.place == .mark(Mark(line: 1, column: 4)))
    #expect(list[0].place == .mark(Mark(line: 3, column: 5)))
    // Columns count characters, not bytes.
    #expect(inner[0].value.place == .mark(Mark(line: 4, column: 8)))
  }

  @Test(arguments: [
    ("", ["f.yaml: is empty"]),
    ("# nothing\n", ["f.yaml: is empty"]),
    ("a:\n\tb: 1\n", ["f.yaml:2:1: tabs can't indent; use spaces"]),
    ("a: x\n\tb: 1\n", ["f.yaml:2:1: tabs can't indent; use spaces"]),
    (
      "a: &x 1\nb: *x\n",
      [
        "f.yaml:1:4: a: anchors (&x) are not supported; write the value out",
        "f.yaml:2:4: b: aliases (*x) are not supported; write the value out",
      ]
    ),
    (
      "a: !!str 1\n",
      ["f.yaml:1:4: a: tags (tag:yaml.org,2002:str) are not supported; leave it out"]
    ),
    (
      "a:\n  <<: {x: 1}\n",
      ["f.yaml:2:3: a: merge keys (<<) are not supported; write the keys out"]
    ),
    ("a: 1\n---\nb: 1\n", ["f.yaml:2:1: a second document; a file holds one"]),
    (
      "n:\n  a: 1\n  b: 2\n  a: 3\n",
      ["f.yaml:4:3: n.a: the key is given twice, in line 2 and in line 4"]
    ),
    ("n:\n  ? [x]\n  : 2\n", ["f.yaml:2:5: n: found a list, expected text as a key"]),
    (
      "a: [1, 2\nb: 3\n",
      [
        "f.yaml:2:2: while parsing a flow sequence that starts in line 1: "
          + "did not find expected ',' or ']'"
      ]
    ),
    ("a: \u{0}\n", ["f.yaml:1:4: found a NUL byte, expected UTF-8 text"]),
    ("a: \u{1}\n", ["f.yaml:1:4: control characters are not allowed"]),
  ])
  func whatIsNotTakenIsReported(text: String, expected: [String]) {
    #expect(tree(text).problems == expected)
  }

  @Test(
    arguments: [
      ([0x61, 0x3A, 0x0A, 0x20, 0xC3, 0xA9, 0xFF, 0x0A], "f.yaml:2:3: found byte 0xFF"),
      ([0x61, 0xE5, 0xBC], "f.yaml:1:2: found byte 0xE5"),
      ([0xC0, 0xAF], "f.yaml:1:1: found byte 0xC0"),
      ([0xFF, 0xFE, 0x61, 0x00], "f.yaml:1:1: found a UTF-16 byte order mark"),
      ([0xFE, 0xFF, 0x00, 0x61], "f.yaml:1:1: found a UTF-16 byte order mark"),
    ] as [([UInt8], String)])
  func bytesThatAreNotUTF8AreReportedWhereTheyStand(bytes: [UInt8], expected: String) {
    #expect(tree(bytes).problems == [expected + ", expected UTF-8 text"])
  }

  @Test func aByteOrderMarkOfUTF8IsNoPartOfTheText() throws {
    let root = try #require(tree([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8)).node)
    #expect(root.json == "{\"a\": 1}\n")
  }

  @Test(arguments: ["[", "- ", "{a: ", "[\n", "? "])
  func aMillionNestedCollectionsAreOneError(opening: String) {
    let text = String(repeating: opening, count: 1_000_000)
    let problems = tree(text).problems
    #expect(problems.count == 1)
    #expect(problems[0].hasSuffix("nested deeper than 64 levels, the most that is read"))
  }

  @Test func aKeyIsNoLongerThanCanBeReadAgain() throws {
    func text(_ count: Int) -> String { "{\"" + String(repeating: "\\0", count: count) + "\": 1}" }
    let longest = try #require(tree(text(166)).node)
    #expect(tree(longest.json).node?.json == longest.json)
    #expect(
      tree(text(167)).problems == [
        "f.yaml:1:2: a key has at most 1000 characters, as JSON writes it"
      ])
  }

  @Test func longListsAreNotCopiedForEachElement() {
    // A copy of the list for each element would take minutes.
    guard
      case .sequence(let elements) = tree(String(repeating: "- x\n", count: 300_000)).node?
        .content
    else {
      Issue.record("the text is a list")
      return
    }
    #expect(elements.count == 300_000)
  }

  @Test func sixtyFourLevelsAreRead() {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(tree(text).problems.isEmpty)
  }
}
