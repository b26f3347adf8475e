// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Testing

@Suite struct MutatedScenarioTests {
  private static let scraps = [
    "[", "]", "{", ": ", "- ", "\n", "\t", "&x ", "*x", "!!int ", "<<: ", "---\n", "1e999",
    "-9223372036854775808", "1e-9223372036854775808 s", "nan", "~", "\"\\ud800\"", "#", "|\n", "? ",
    "%YAML 1.2\n", "1e18 Pbps", "99999999999999999999 s", "\u{2028}", ":back", "\u{0}",
  ]

  /// A scenario with a few scraps thrown in either loads, and loads again, or says why not.
  @Test(arguments: 0..<40) func everyMutationLoadsOrSaysWhyNot(seed: Int) throws {
    var state = UInt64(seed + 1) &* 0x9E37_79B9_7F4A_7C15
    func draw(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    for _ in 0..<10 {
      var text = Array(ScenarioFileTests.full)
      for _ in 0...draw(3) {
        let start = draw(text.count)
        let end = min(text.count, start + draw(8))
        text.replaceSubrange(start..<end, with: Array(Self.scraps[draw(Self.scraps.count)]))
      }
      do {
        let resolved = try load(String(text)).resolvedJSON
        #expect(try load(resolved).resolvedJSON == resolved)
      } catch let error as ScenarioErrors {
        #expect(!error.problems.isEmpty)
      }
    }
  }
}
