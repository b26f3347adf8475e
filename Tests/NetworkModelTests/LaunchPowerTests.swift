// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import NetworkModel
import Testing

@Suite struct LaunchPowerTests {
  private let grid = ChannelGrid(preset: .cBand)

  @Test func atTheOptimumInterferenceIsHalfTheNoiseOfTheAmplifiers() throws {
    let mode = try mode(32, slot_GHz: 50)
    let terms = try #require(Transmission(grid: grid).terms(over: [spans(1, of: 80)], mode: mode))
    #expect(abs(terms.emission_dBm - terms.interference_dBm - 10 * log10(2)) < 0.01)
    #expect(abs(terms.osnr_dB - terms.gsnr_dB - 10 * log10(1.5)) < 0.01)
  }

  /// Adding up the noise of spans keeps the ratio of its two kinds; that it displaces signal shifts it.
  @Test func overManySpansTheShiftIsSmall() throws {
    let mode = try mode(32, slot_GHz: 50)
    let terms = try #require(Transmission(grid: grid).terms(over: [spans(20, of: 80)], mode: mode))
    let loss_dB = terms.osnr_dB - terms.gsnr_dB
    #expect(loss_dB > 10 * log10(1.5) + 0.01 && loss_dB < 10 * log10(1.5) + 0.05)
  }

  @Test func noOtherPowerServesTheWorstChannelBetter() throws {
    let mode = try mode(60.1, slot_GHz: 75)
    let route = [spans(10, of: 70)]
    let grid = ChannelGrid(preset: .extendedC)
    let best = try #require(Transmission(grid: grid).terms(over: route, mode: mode))
    let power = try #require(
      Transmission(grid: grid).launchPower_dBm(on: route[0], mode: mode))
    for step in [-1, -0.3, 0.3, 1] {
      let transmission = Transmission(grid: grid, launch: .fixed(dBm: power + step))
      let other = try #require(transmission.terms(over: route, mode: mode))
      #expect(other.gsnr_dB < best.gsnr_dB, "\(step) dB")
    }
  }

  /// The density at the optimum hardly depends on the symbol rate, as long as the grid is as full.
  @Test func theOptimumGrowsWithTheSymbolRate() throws {
    let grid = ChannelGrid(preset: .cAndL)
    let transmission = Transmission(grid: grid)
    let slow = try #require(
      try transmission.launchPower_dBm(on: spans(1, of: 80), mode: mode(32.5, slot_GHz: 150)))
    let fast = try #require(
      try transmission.launchPower_dBm(on: spans(1, of: 80), mode: mode(130, slot_GHz: 150)))
    #expect(fast - slow > 4 && fast - slow < 6)
  }

  @Test func aFixedPowerIsTaken() throws {
    let transmission = Transmission(grid: grid, launch: .fixed(dBm: -1.5))
    let power = try transmission.launchPower_dBm(on: spans(3, of: 80), mode: mode(32, slot_GHz: 50))
    #expect(power.map { abs($0 + 1.5) < 1e-12 } == true)
    #expect(
      try transmission.launchPower_dBm(on: spans(3, of: 80), mode: mode(60, slot_GHz: 75)) == nil)
  }
}
