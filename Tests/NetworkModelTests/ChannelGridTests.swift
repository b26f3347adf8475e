// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@Suite struct ChannelGridTests {
  @Test(arguments: [
    (ChannelGrid.Preset.cBand, 96, 191.325, 196.125),
    (.extendedC, 80, 190.675, 196.675),
    (.cAndL, 80, 184.675, 196.675),
  ])
  func presetsFillTheirBand(
    preset: ChannelGrid.Preset, count: Int, lower_THz: Double, upper_THz: Double
  ) throws {
    let grid = ChannelGrid(preset: preset)
    let width_THz = (upper_THz - lower_THz) / Double(count)
    #expect(grid.count == count)
    #expect(abs(grid.centre_THz(of: 0..<1) - width_THz / 2 - lower_THz) < 1e-9)
    let last = count - 1
    #expect(abs(grid.centre_THz(of: last..<count) + width_THz / 2 - upper_THz) < 1e-9)
    // The raster of G.694.1: 193.1 THz and steps of 12.5 GHz.
    let steps = (grid.centre_THz(of: 0..<1) - 193.1) / 0.0125
    #expect(abs(steps - steps.rounded()) < 1e-6)
  }

  @Test func presetsAreKnownByTheirSpacing() {
    #expect(ChannelGrid.Preset(rawValue: "75-ghz") == .extendedC)
    #expect(ChannelGrid.Preset.allCases.map(\.rawValue) == ["50-ghz", "75-ghz", "150-ghz"])
  }

  @Test func aBlockOfSlotsLiesAroundItsMiddle() throws {
    let grid = try FlexibleGrid(first_THz: 191.325, slots: 384)
    // Four slots from the lower edge are the first channel of 50 GHz.
    #expect(abs(grid.centre_THz(of: 0..<4) - 191.35) < 1e-9)
    #expect(abs(grid.centre_THz(of: 0..<1) - 191.33125) < 1e-9)
    #expect(abs(grid.centre_THz(of: 380..<384) - 196.1) < 1e-9)
  }

  @Test func widthsTakeWholeSlots() throws {
    let grid = try FlexibleGrid(first_THz: 191.325, slots: 384)
    #expect([12.5, 37.4, 37.5, 50, 87.5, 100.1].map(grid.slotCount) == [1, 3, 3, 4, 7, 9])
    #expect(ChannelGrid.flexible(grid).positions(width_GHz: 87.5) == 7)
    #expect(ChannelGrid.flexible(grid).positions(width_GHz: 4801) == nil)
    #expect(ChannelGrid(preset: .extendedC).positions(width_GHz: 75) == 1)
    #expect(ChannelGrid(preset: .extendedC).positions(width_GHz: 87.5) == nil)
  }

  @Test func aFlexibleGridIsFilledBlockByBlock() throws {
    let bare = try ChannelGrid.flexible(FlexibleGrid(first_THz: 191.325, slots: 384))
    let filled = try #require(bare.filled(width_GHz: 50))
    let fixed = try #require(ChannelGrid(preset: .cBand).filled(width_GHz: 50))
    #expect(filled.count == fixed.count && filled.spacing_GHz == fixed.spacing_GHz)
    #expect(abs(filled.first_THz - fixed.first_THz) < 1e-9)

    let guarded = try ChannelGrid.flexible(
      FlexibleGrid(first_THz: 191.325, slots: 14, guardSlots: 1))
    // Three blocks of four and two guards between them take all 14 slots.
    let blocks = try #require(guarded.filled(width_GHz: 50))
    #expect(blocks.count == 3 && blocks.spacing_GHz == 62.5)
    #expect(guarded.filled(width_GHz: 175)?.count == 1)
    #expect(guarded.filled(width_GHz: 176) == nil)
  }

  @Test func nonsenseIsRefused() {
    #expect(throws: OpticsError.noChannels) {
      try FixedGrid(first_THz: 191.35, spacing_GHz: 50, count: 0)
    }
    #expect(
      throws: OpticsError.outOfRange(
        quantity: "the spacing of channels", value: -50, range: 1...10_000, unit: "GHz")
    ) {
      try FixedGrid(first_THz: 191.35, spacing_GHz: -50, count: 96)
    }
    #expect(throws: OpticsError.self) {
      try FixedGrid(first_THz: 191.35, spacing_GHz: 50, count: 10_000)
    }
    #expect(throws: OpticsError.self) {
      try FixedGrid(first_THz: .nan, spacing_GHz: 50, count: 96)
    }
    #expect(throws: OpticsError.noChannels) { try FlexibleGrid(first_THz: 191.35, slots: 0) }
    #expect(throws: OpticsError.self) {
      try FlexibleGrid(first_THz: 191.35, slots: 4, guardSlots: -1)
    }
  }
}
