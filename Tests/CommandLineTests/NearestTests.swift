// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

// SPDX-License-Identifier: GPL-3.0-or-later
@testable import CommandLine

@Suite struct NearestTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("seed", "sede", 1), ("ab", "ba", 1),
    ("run", "run", 0),
  ])
  func distanceCountsEdits(first: String, second: String, distance: Int) {
    #expect(editDistance(first, second) == distance)
    #expect(editDistance(second, first) == distance)
  }

  @Test func uniqueBeginningsAreMeant() {
    #expect(nearest(to: "val", in: ["run", "validate"]) == "validate")
    #expect(nearest(to: "s", in: ["show", "sweep"]) == nil)
  }

  @Test func farWordsAreNotSuggested() {
    #expect(nearest(to: "banana", in: ["run", "validate"]) == nil)
  }
}
