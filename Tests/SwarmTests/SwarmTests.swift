// SPDX-License-Identifier: GPL-3.0-or-later
import SwarmKit
import Testing

/// Some scenarios of the swarm at each test run; `make swarm` goes through as many as there is time.
@Suite struct SwarmTests {
  @Test(arguments: 0..<8) func drawnScenariosHoldWhatMustHold(block: Int) throws {
    let swarm = try #require(Swarm())
    for seed in block * 2..<block * 2 + 2 {
      guard case .found(let findings) = swarm.test(SwarmScenario(seed: UInt64(seed))) else {
        continue
      }
      for finding in findings { Issue.record("make swarm SEED=\(seed): \(finding)") }
    }
  }

  @Test func aSeedGivesOneScenario() {
    for seed: UInt64 in [1, 2, 1_000_003] {
      #expect(SwarmScenario(seed: seed).text == SwarmScenario(seed: seed).text)
    }
    #expect(SwarmScenario(seed: 1).text != SwarmScenario(seed: 2).text)
  }
}
