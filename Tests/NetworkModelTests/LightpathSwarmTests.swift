// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

@Suite struct LightpathSwarmTests {
  @Test func noSlotIsUsedTwiceAndEverythingIsGivenBack() {
    var stream = RandomStream(seed: 11, name: "swarm")
    var blocked: Set<BlockReason> = []
    var most = 0
    for _ in 0..<60 {
      var swarm = LightpathSwarm(using: &stream)
      for _ in 0..<150 { swarm.step(using: &stream) }
      #expect(swarm.faults.isEmpty)
      swarm.spectrum.checkInvariants()
      let used = (0..<swarm.spectrum.rows).reduce(0) { $0 + swarm.spectrum.used(inRow: $1) }
      #expect(used == swarm.owners.count)
      most = max(most, swarm.lightpaths.count)
      blocked.formUnion(swarm.blocked)
      swarm.releaseAll()
      swarm.spectrum.checkInvariants()
      #expect(swarm.spectrum.isEmpty && swarm.owners.isEmpty)
      #expect((0..<swarm.spectrum.rows).allSatisfy { swarm.spectrum.used(inRow: $0) == 0 })
    }
    #expect(most > 50)
    #expect(blocked == [.noRoute, .noReach, .noChannel, .noContinuity])
  }
}
