// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@Suite struct TransceiverModeTests {
  @Test func elevenModesAreBuiltIn() {
    let modes = TransceiverMode.builtIn()
    #expect(modes.count == 11)
    #expect(Set(modes.map(\.name)).count == 11)
    #expect(modes.allSatisfy { !$0.source.isEmpty && $0.confidence != .given })
  }

  @Test func modesAreFoundByName() throws {
    let mode = try #require(TransceiverMode.builtIn(named: "400G DP-16QAM"))
    #expect(mode.lineRate == BitsPerSecond(400e9))
    #expect(mode.symbolRate_GBd == 63.1 && mode.slot_GHz == 87.5 && mode.requiredOSNR_dB == 24)
    #expect(mode.source == "OpenROADM MSA 5.0" && mode.confidence == .high)
    #expect(TransceiverMode.builtIn(named: "400g") == nil)
  }

  @Test func symbolsStayInsideTheirSlot() {
    let error = OpticsError.symbolsOverflowSlot(symbolRate_GBd: 60, slot_GHz: 50)
    #expect(throws: error) { try mode(60, slot_GHz: 50) }
    #expect(error.description == "60.0 GBd do not fit a slot of 50.0 GHz")
  }

  @Test func nonsenseIsRefused() {
    #expect(throws: OpticsError.self) { try mode(0, slot_GHz: 50) }
    #expect(throws: OpticsError.self) { try mode(32, slot_GHz: .infinity) }
    #expect(throws: OpticsError.self) { try mode(32, slot_GHz: 50, rate_Gbps: -1) }
    #expect(throws: OpticsError.self) { try mode(32, slot_GHz: 50, needs_dB: .nan) }
  }
}
