// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

/// Channels judged beside those that are really lit, fibre by fibre of a plant.
@Suite struct LitTermsTests {
  private let transmission = Transmission(grid: ChannelGrid(preset: .extendedC))
  private let modes: [TransceiverMode]
  private let table: TransmissionTable
  private let route = [FibreID(index: 2), FibreID(index: 0)]

  init() throws {
    modes = [
      try mode(60.1, slot_GHz: 75), try mode(31.57, slot_GHz: 50), try mode(80, slot_GHz: 100),
    ]
    table = TransmissionTable(
      transmission, modes: modes,
      sections: [spans(3, of: 72), spans(5, of: 80), spans(2, of: 64, LineDesign(glass: .g654E))])
  }

  private func centre_THz(_ channel: Int) -> Double {
    transmission.grid.centre_THz(of: channel..<channel + 1)
  }

  /// The channels of a mode, as each fibre of the route has them.
  private func lit(_ channels: some Sequence<Int>, mode: Int) throws -> [[LitChannel]] {
    let channels = Array(channels)
    return try route.map { fibre in
      try channels.map { channel in
        try #require(
          table.litChannel(mode: mode, on: fibre, centre_THz: centre_THz(channel)))
      }
    }
  }

  /// Each fibre has its own optimum power, and the channel itself is in the lists.
  @Test func fullLoadIsAllChannelsLitAtTheirPowers() throws {
    for channel in [0, 40, 79] {
      let full = try #require(table.terms(over: route, mode: 0, channel: channel))
      let terms = try #require(
        table.terms(
          over: route, mode: 0, centre_THz: centre_THz(channel), lit: lit(0..<80, mode: 0)))
      #expect(abs(terms.gsnr_dB - full.gsnr_dB) < 1e-9)
      #expect(abs(terms.emission_dBm - full.emission_dBm) < 1e-9)
      #expect(abs(terms.signal_dBm - full.signal_dBm) < 1e-9)
    }
  }

  @Test func theChannelItselfMayBeInTheListsOrNot() throws {
    let alone = try #require(
      table.terms(over: route, mode: 1, centre_THz: centre_THz(7), lit: [[], []]))
    let listed = try #require(
      table.terms(over: route, mode: 1, centre_THz: centre_THz(7), lit: lit([7], mode: 1)))
    #expect(alone == listed)
    let beside = try #require(
      table.terms(over: route, mode: 1, centre_THz: centre_THz(7), lit: lit([7, 8], mode: 1)))
    #expect(beside.gsnr_dB < alone.gsnr_dB)
  }

  /// What is lit in one fibre alone spoils that fibre alone.
  @Test func listsBelongToTheirFibres() throws {
    let all = try lit(0..<80, mode: 0)
    let first = try #require(
      table.terms(over: route, mode: 0, centre_THz: centre_THz(30), lit: [all[0], []]))
    let second = try #require(
      table.terms(over: route, mode: 0, centre_THz: centre_THz(30), lit: [[], all[1]]))
    // The second fibre has more spans and smaller glass.
    #expect(second.gsnr_dB < first.gsnr_dB - 0.1)
  }

  @Test func aNetworkHardlyLitGoesFarther() throws {
    let mode = try #require(TransceiverMode.builtIn(named: "400G DP-16QAM ZR+"))
    let far = [spans(12, of: 80)]
    let full = try #require(transmission.terms(over: far, mode: mode))
    let alone = try #require(
      transmission.terms(over: far, mode: mode, centre_THz: full.centre_THz, lit: [[]]))
    // At the optimum interference is a third of the noise; without neighbours most of it is gone.
    #expect(alone.gsnr_dB - full.gsnr_dB > 1 && alone.gsnr_dB - full.gsnr_dB < 1.81)
  }

  @Test func aModeThatDoesNotFitHasNoTerms() throws {
    #expect(table.terms(over: route, mode: 2, centre_THz: 193.1, lit: [[], []]) == nil)
    #expect(table.litChannel(mode: 2, on: route[0], centre_THz: 193.1) == nil)
  }
}
