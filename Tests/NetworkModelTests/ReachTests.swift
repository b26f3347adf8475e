// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@Suite struct ReachTests {
  private let transmission = Transmission(grid: ChannelGrid(preset: .extendedC))

  @Test func theFastestModeThatClosesIsTaken() throws {
    let modes = TransceiverMode.builtIn()
    var rates: [Double] = []
    for count in [1, 10, 40, 100] {
      let route = [spans(count, of: 80)]
      let choice = transmission.fastestMode(over: route, among: modes, margin_dB: 2)
      rates.append((choice?.mode.lineRate.value ?? 0) / 1e9)
      // Every mode against it, one by one.
      let closing = modes.filter { mode in
        transmission.terms(over: route, mode: mode).map { $0.margin_dB(for: mode) >= 2 } ?? false
      }
      #expect(closing.map(\.lineRate).max() == choice?.mode.lineRate)
    }
    #expect(rates == rates.sorted(by: >) && rates[0] == 400 && rates[0] > rates[3])
  }

  @Test func aModeWiderThanTheGridIsNotTaken() throws {
    let modes = TransceiverMode.builtIn()
    let route = [spans(1, of: 40)]
    let choices = ChannelGrid.Preset.allCases.map { preset in
      Transmission(grid: ChannelGrid(preset: preset))
        .fastestMode(over: route, among: modes, margin_dB: 0)?.mode.name
    }
    #expect(choices == ["200G DP-16QAM", "400G DP-16QAM ZR+", "800G DP-16QAM"])
  }

  @Test func ofOneRateTheNarrowerThenTheOneWithMoreToSpareIsTaken() throws {
    let modes = [
      try mode(30, slot_GHz: 75, name: "wide", rate_Gbps: 100, needs_dB: 5),
      try mode(30, slot_GHz: 50, name: "needs more", rate_Gbps: 100, needs_dB: 9),
      try mode(30, slot_GHz: 50, name: "needs less", rate_Gbps: 100, needs_dB: 8),
      try mode(30, slot_GHz: 50, name: "needs as little", rate_Gbps: 100, needs_dB: 8),
      try mode(30, slot_GHz: 50, name: "slow", rate_Gbps: 50, needs_dB: 1),
      try mode(60, slot_GHz: 75, name: "too hard", rate_Gbps: 800, needs_dB: 55),
    ]
    let choice = transmission.fastestMode(over: [spans(5, of: 80)], among: modes, margin_dB: 0)
    #expect(choice?.mode.name == "needs less" && choice?.index == 2)
    let none = transmission.fastestMode(
      over: [spans(5, of: 80)], among: [modes[5]], margin_dB: 0)
    #expect(none == nil)
  }

  @Test(arguments: [LaunchPower.optimum, .fixed(dBm: 3)])
  func reachIsWhereTheMarginEnds(launch: LaunchPower) throws {
    let transmission = Transmission(grid: transmission.grid, launch: launch)
    for mode in TransceiverMode.builtIn() where mode.slot_GHz <= 75 {
      let reach = transmission.reach(of: mode, line: .standard, margin_dB: 1)
      let full_km = Double(reach.fullSpanCount) * 80
      #expect(reach.length.value >= full_km && reach.length.value < full_km + 80)
      let margin_dB = { (length_km: Double) in
        let route = [RouteSection(length: Kilometres(length_km))]
        return transmission.terms(over: route, mode: mode)?.margin_dB(for: mode) ?? .nan
      }
      for part in [0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1] {
        #expect(margin_dB(part * reach.length.value) >= 1 - 1e-9, "\(mode.name), \(part)")
      }
      #expect(margin_dB(reach.length.value + 2e-3) < 1, "\(mode.name)")
      #expect(margin_dB(full_km + 80) < 1, "\(mode.name)")
    }
  }

  /// Where interference rules, one span more costs more than shorter spans gain; where the noise of
  /// amplifiers does, they gain more.
  @Test(arguments: [(8.0, false), (-4, true)])
  func whetherOneSpanMoreHelpsDependsOnThePower(power_dBm: Double, goesOn: Bool) throws {
    let mode = try #require(TransceiverMode.builtIn(named: "200G DP-QPSK ZR+"))
    let transmission = Transmission(grid: transmission.grid, launch: .fixed(dBm: power_dBm))
    let terms = try #require(transmission.terms(over: [spans(8, of: 80)], mode: mode))
    // Eight spans close with nothing to spare.
    let reach = transmission.reach(
      of: mode, line: .standard, margin_dB: terms.margin_dB(for: mode) - 1e-9)
    #expect(reach.fullSpanCount == 8 && reach.spanCount == (goesOn ? 9 : 8))
    #expect(goesOn == (reach.length.value > 645))
  }

  @Test func whereNothingClosesThereIsNoReach() throws {
    let hard = try mode(60, slot_GHz: 75, needs_dB: 55)
    let fixed = Transmission(grid: transmission.grid, launch: .fixed(dBm: 0))
    #expect(fixed.reach(of: hard, line: .standard, margin_dB: 0).length.value == 0)
    let wide = try mode(60, slot_GHz: 100)
    let none = transmission.reach(of: wide, line: .standard, margin_dB: 0)
    #expect(none.length.value == 0 && none.spanCount == 0 && none.fullSpanCount == 0)
  }

  @Test func preferenceGoesFromFastToSlowAndFromNarrowToWide() {
    let modes = TransceiverMode.builtIn()
    let table = TransmissionTable(transmission, modes: modes, plant: FibrePlant())
    #expect(table.preference.sorted() == Array(modes.indices))
    for (first, second) in zip(table.preference, table.preference.dropFirst()) {
      let (first, second) = (modes[first], modes[second])
      #expect(
        first.lineRate > second.lineRate
          || (first.lineRate == second.lineRate && first.slot_GHz <= second.slot_GHz))
    }
  }

  @Test func betterGlassReachesFurther() throws {
    let mode = try #require(TransceiverMode.builtIn(named: "400G DP-16QAM ZR+"))
    let lengths = [Glass.g655, .g652D, .g654E].map {
      transmission.reach(of: mode, line: LineDesign(glass: $0), margin_dB: 1).length
    }
    #expect(lengths[0] < lengths[1] && lengths[1] < lengths[2])
  }

  @Test func aTableSaysWhatItsRoutesSayOneByOne() throws {
    var plant = FibrePlant(siteCount: 4)
    for (index, length) in [310.0, 95, 640].enumerated() {
      plant.add(
        Fibre(
          name: "f\(index)", first: NodeID(index: index), second: NodeID(index: index + 1),
          length: Kilometres(length), line: LineDesign(glass: index == 1 ? .g654E : .g652D)))
    }
    let modes = TransceiverMode.builtIn()
    let table = TransmissionTable(transmission, modes: modes, plant: plant)
    for route in [[0], [1, 2], [2, 0, 1]] {
      let fibres = route.map(FibreID.init(index:))
      let sections = fibres.map { plant[$0].section }
      #expect(
        table.fastestMode(over: fibres, margin_dB: 1)
          == transmission.fastestMode(over: sections, among: modes, margin_dB: 1))
      #expect(
        table.terms(over: fibres, mode: 1, channel: 7)
          == transmission.terms(over: sections, mode: modes[1], channel: 7))
    }
    #expect(
      table.launchPower_dBm(on: FibreID(index: 1), mode: 2)
        == transmission.launchPower_dBm(on: plant[FibreID(index: 1)].section, mode: modes[2]))
  }
}
