// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Mappings of few keys and of many, each of which is there once.
@Suite struct SeenKeysTests {
  @Test(arguments: [2, 16, 17, 40], [0, 1]) func aKeyThatIsThereTwiceIsFound(
    count: Int, again: Int
  ) {
    let lines = (0..<count).map { "k\($0): 1" }
    #expect(tree(lines.joined(separator: "\n")).problems.isEmpty)
    let text = (lines + ["k\(again): 2"]).joined(separator: "\n")
    #expect(
      tree(text).problems == [
        "f.yaml:\(count + 1):1: k\(again): the key is given twice, in line \(again + 1) and in "
          + "line \(count + 1)"
      ])
  }
}
