// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text

@Suite struct CountedTests {
  @Test(arguments: [
    (0, "link", "0 links"), (1, "link", "1 link"), (2, "class", "2 classes"),
    (3, "source of tokens", "3 sources of tokens"), (4, "training job", "4 training jobs"),
    (1, "source of tokens", "1 source of tokens"),
  ])
  func whatIsCountedIsInThePlural(count: Int, words: String, text: String) {
    #expect(counted(count, words) == text)
  }
}
