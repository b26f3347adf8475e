// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Text

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("seed", "sede", 1), ("ab", "ba", 1),
    ("run", "run", 0),
  ])
  func distanceCountsEdits(first: String, second: String, distance: Int) {
    #expect(editDistance(Array(first), Array(second)) == distance)
    #expect(editDistance(Array(second), Array(first)) == distance)
  }

  @Test(
    arguments: [
      ("capacty", "capacity"), ("Capacity", "capacity"), ("dealy", "delay"), ("xyz", nil),
      ("nmae", "name"), ("", nil), ("DELAY", "delay"), ("t", "two_way"), ("na", "name"),
      ("banana", nil),
    ] as [(String, String?)])
  func misspeltNamesFindTheirNeighbour(name: String, expected: String?) {
    #expect(nearestName(to: name, among: ["name", "capacity", "delay", "two_way"]) == expected)
  }

  @Test func onlyABeginningOfOneNameIsMeant() {
    #expect(nearestName(to: "val", among: ["run", "validate"]) == "validate")
    #expect(nearestName(to: "s", among: ["show", "sweep"]) == nil)
  }

  @Test func ofEquallyNearNamesTheFirstIsTaken() {
    #expect(nearestName(to: "l2", among: ["l0", "l1"]) == "l0")
    #expect(nearestName(to: "Flow", among: ["slow", "flow"]) == "flow")
  }
}
