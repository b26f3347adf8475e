// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import NetworkModel
import Testing

@Suite struct TransmissionTests {
  private let transmission = Transmission(
    grid: ChannelGrid(preset: .cBand), launch: .fixed(dBm: 0))

  @Test func everySpanMoreIsWorse() throws {
    let mode = try mode(32, slot_GHz: 50)
    var last = Double.infinity
    for count in 1...40 {
      let terms = try #require(
        transmission.terms(over: [spans(count, of: 80)], mode: mode, channel: 47))
      #expect(terms.gsnr_dB < last && terms.spanCount == count)
      last = terms.gsnr_dB
    }
  }

  /// Noise to signal adds up over the fibres of a route, but for the signal that noise displaces.
  @Test func noiseAddsUp() throws {
    let mode = try mode(32, slot_GHz: 50)
    let route = [spans(2, of: 70), spans(5, of: 90), spans(1, of: 55)]
    let whole = try #require(transmission.terms(over: route, mode: mode, channel: 10))
    let parts = try route.map {
      try #require(transmission.terms(over: [$0], mode: mode, channel: 10))
    }
    let added = parts.reduce(0) { $0 + pow(10, -$1.gsnr_dB / 10) }
    let expected_dB = -10 * log10(added)
    #expect(abs(whole.gsnr_dB - expected_dB) < 0.03)
    #expect(whole.length == Kilometres(645) && whole.spanCount == 8)
  }

  /// What does not arrive as signal arrives as noise: the sum is the power that the amplifiers give.
  @Test func powersAddUp() throws {
    let mode = try mode(32, slot_GHz: 50)
    let terms = try #require(
      transmission.terms(over: [spans(12, of: 80)], mode: mode, channel: 47))
    let perSpan_W = 6.626_070_15e-34 * 193.7e12 * 32e9 * pow(10, 0.5) * pow(10, 1.6)
    let sum_W = terms.signal_W + terms.emission_W + terms.interference_W
    #expect(abs(sum_W - (1e-3 + 12 * perSpan_W)) < 1e-12)
  }

  @Test func fullLoadIsAllChannelsLit() throws {
    let mode = try mode(60.1, slot_GHz: 75)
    let grid = ChannelGrid(preset: .extendedC)
    let full = Transmission(grid: grid, launch: .fixed(dBm: 1))
    let route = [spans(4, of: 80), spans(3, of: 61)]
    for channel in [0, 13, 79] {
      let others = (0..<80).filter { $0 != channel }.map { other in
        LitChannel(
          centre_THz: grid.centre_THz(of: other..<other + 1), symbolRate_GBd: 60.1, launch_dBm: 1)
      }
      let lit = QualityTerms(
        over: route.map { LitSection($0, launch_dBm: 1, others: others) },
        centre_THz: grid.centre_THz(of: channel..<channel + 1), symbolRate_GBd: 60.1)
      let terms = try #require(full.terms(over: route, mode: mode, channel: channel))
      #expect(abs(lit.gsnr_dB - terms.gsnr_dB) < 1e-9)
      #expect(abs(lit.interference_dBm - terms.interference_dBm) < 1e-9)
    }
  }

  @Test func aChannelAloneHasItsOwnInterferenceOnly() {
    let lit = LitSection(spans(1, of: 80), launch_dBm: 3)
    let terms = QualityTerms(over: [lit], centre_THz: 193.7, symbolRate_GBd: 32)
    // arXiv:1209.0394, equations 120 and 123, for one channel.
    let (loss, rate, power) = (0.2e-3 * log(10) / 10, 32e9, 1e-3 * pow(10, 0.3))
    let reference_m = 299_792_458 / 193.7e12
    let beta = 16.7e-6 * reference_m * reference_m / (2 * .pi * 299_792_458)
    let effective = (1 - exp(-loss * 80e3)) / loss
    let psi = asinh(.pi * .pi * beta * rate * rate / (2 * loss)) * loss / (2 * .pi * beta)
    let share =
      16.0 / 27 * pow(1.27e-3 * effective * power / rate, 2) * psi
    // The amplifier's noise comes after the interference and leaves the ratio to the signal alone.
    #expect(abs(terms.interference_W / terms.signal_W / (share / (1 - share)) - 1) < 1e-9)
  }

  @Test func everyNeighbourMakesItWorse() {
    var others: [LitChannel] = []
    var last = Double.infinity
    for offset in [40, -30, 10, -3, 1, -1] {
      others.append(
        LitChannel(
          centre_THz: 193.7 + Double(offset) * 0.05, symbolRate_GBd: 32, launch_dBm: 2))
      let lit = LitSection(spans(10, of: 80), launch_dBm: 2, others: others)
      let terms = QualityTerms(over: [lit], centre_THz: 193.7, symbolRate_GBd: 32)
      #expect(terms.gsnr_dB < last)
      last = terms.gsnr_dB
    }
  }

  @Test func theWorstChannelIsTheWorst() throws {
    let mode = try mode(32, slot_GHz: 50)
    let route = [spans(4, of: 80), spans(3, of: 61)]
    let all = (0..<96).compactMap { transmission.terms(over: route, mode: mode, channel: $0) }
    let worst = try #require(transmission.terms(over: route, mode: mode))
    #expect(all.count == 96)
    #expect(all.map(\.gsnr_dB).min() == worst.gsnr_dB)
    #expect(transmission.terms(over: route, mode: mode, channel: 96) == nil)
  }

  @Test func noPowerMakesMoreNoiseThanThereIsPower() throws {
    let mode = try mode(32, slot_GHz: 50)
    let hot = Transmission(grid: transmission.grid, launch: .fixed(dBm: 20))
    let terms = try #require(hot.terms(over: [spans(30, of: 80)], mode: mode))
    #expect(terms.signal_W >= 0 && terms.interference_W > 0)
    #expect(terms.gsnr_dB < -20)
  }
}
