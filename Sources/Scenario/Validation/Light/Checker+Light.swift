// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import YAMLReader

extension Checker {
  /// The light of the model; without a section of its own, fibres alone.
  mutating func lightModel() -> LightModel {
    var model = LightModel()
    model.plant = plant
    guard let section = scenario.light else { return model }
    if let grid = grid(section.grid) { model.grid = grid }
    model.rating = rating(section, grid: model.grid)
    model.paths = pathRule(section)
    model.assignment = (section.assignment.rule ?? .firstFit).assignment
    model.search = section.search == .pathFirst ? .pathFirst : .channelFirst
    addRegeneration(section, to: &model)
    model.allowsConversion = section.conversion
    model.isTwoWay = section.direction == .twoWay
    model.delayPerKm = section.delay.perKm
    model.delayPerHop = section.delay.perHop
    model.setup = section.setup
    model.teardown = section.teardown
    model.idle = section.idle
    model.allowsGrooming = section.grooming
    model.switching.protection = section.switching.protection
    model.switching.ring = section.switching.ring
    model.switching.restoration = section.switching.restoration
    model.failures = failures(section.failures)
    model.links = litLinks(section)
    checkNames(of: section.requests)
    model.requests = section.requests.compactMap { requests($0) }
    checkAssignment(section, model)
    if section.interference.value == .lit {
      model.interference = .litChannels
      check(section.interference, with: section, model)
    }
    return model
  }

  private mutating func addRegeneration(_ section: LightSection, to model: inout LightModel) {
    model.allowsRegeneration = section.regeneration.isAnywhere
    if section.regeneration.isCounted, section.conversion {
      report(
        "found a number of regenerators together with conversion, which makes light anew at every "
          + "node; expected one of them", at: section.origin, key: "regeneration")
    }
    switch section.regeneration {
    case .nowhere, .everywhere: break
    case .at(let names): model.regenerationSites = Set(names.compactMap { node($0) })
    case .stock(let stock):
      let sites = stock.entries.compactMap { entry in
        node(entry.name).map { (node: $0, count: entry.value) }
      }
      model.regenerationSites = Set(sites.map(\.node))
      for case (let node, .some(let count)) in sites {
        model.regeneratorStock[node] = count.value
      }
    }
  }

  private mutating func grid(_ written: Written<GridValue>) -> ChannelGrid? {
    do throws(OpticsError) {
      switch written.value {
      case .preset(let preset): return ChannelGrid(preset: preset.preset)
      case .fixed(let section):
        return .fixed(
          try FixedGrid(
            first_THz: section.first.value.value_GHz / 1000,
            spacing_GHz: section.spacing.value.value_GHz, count: section.channels.value))
      case .flexible(let section):
        return .flexible(
          try FlexibleGrid(
            first_THz: section.first.value.value_GHz / 1000, slots: section.slots.value,
            guardSlots: section.guardSlots))
      }
    } catch {
      report(error.description, at: written)
      return nil
    }
  }

  private func failures(_ section: FailuresSection?) -> FailureRates {
    var rates = FailureRates()
    rates.cutsOf1000Km = section?.cuts.map {
      .init(
        meanGap_s: 1 / $0.per1000Km.value.perSecond, meanRepair_s: $0.repair.value.seconds)
    }
    rates.amplifiers = section?.amplifiers.map(\.component)
    rates.transponders = section?.transponders.map(\.component)
    return rates
  }

  // MARK: - What a lightpath carries

  private mutating func rating(_ section: LightSection, grid: ChannelGrid) -> RouteRating {
    if let steps = section.reach { return .byLength(reach(steps, grid: grid, section)) }
    let launch: LaunchPower =
      switch section.launchPower {
      case .optimum: .optimum
      case .fixed(let power): .fixed(dBm: power)
      }
    let modes = modes(section)
    check(modes, fit: grid, section)
    let table = TransmissionTable(
      Transmission(grid: grid, launch: launch), modes: modes, plant: plant)
    return .byQuality(table, margin_dB: section.margin.value_dB)
  }

  /// Reports a grid on which no lightpath could ever be lit.
  private mutating func check(
    _ modes: [TransceiverMode], fit grid: ChannelGrid, _ section: LightSection
  ) {
    let guardSlots = if case .flexible(let grid) = grid { grid.guardSlots } else { 0 }
    let fits = modes.contains { mode in
      grid.positions(width_GHz: mode.slot_GHz).map { $0 + guardSlots <= grid.count } ?? false
    }
    guard !fits, let narrowest = modes.map(\.slot_GHz).min() else { return }
    report(
      "found a grid that no transceiver fits, expected room for the narrowest, which takes "
        + "\(narrowest) GHz", at: section.grid)
  }

  private mutating func modes(_ section: LightSection) -> [TransceiverMode] {
    guard let wanted = section.transceivers else { return TransceiverMode.builtIn() }
    problems.addRepetitions(
      in: wanted.map { Written(Name($0.name.value), place: $0.name.place, path: $0.name.path) },
      kind: "transceiver")
    if wanted.isEmpty {
      report(
        "found an empty list, expected at least one mode", at: section.origin,
        key: "transceivers")
    }
    return wanted.compactMap { mode($0) }
  }

  private mutating func mode(_ section: TransceiverSection) -> TransceiverMode? {
    guard let rate = section.rate, let baud = section.baud, let slot = section.slot,
      let required = section.requiredOSNR
    else {
      if let known = TransceiverMode.builtIn(named: section.name.value) { return known }
      let names = TransceiverMode.builtIn().map(\.name)
      report(
        problems.unknown(section.name.value, kind: "transceiver", among: names), at: section.name)
      return nil
    }
    if let problem = Name.problem(section.name.value) { report(problem, at: section.name) }
    do throws(OpticsError) {
      return try TransceiverMode(
        name: section.name.value, lineRate: rate.value, symbolRate_GBd: baud.value.value_GBd,
        slot_GHz: slot.value.value_GHz, requiredOSNR_dB: required.value_dB)
    } catch {
      report(error.description, at: section.origin)
      return nil
    }
  }

  /// Steps in the order of their length; one without any end is the last.
  private mutating func reach(
    _ steps: [ReachSection], grid: ChannelGrid, _ section: LightSection
  ) -> [ReachStep] {
    if steps.isEmpty {
      report("found an empty list, expected at least one step", at: section.origin, key: "reach")
    }
    let isFlexible = if case .flexible = grid { true } else { false }
    for step in steps where (step.efficiency != nil) != isFlexible {
      report(
        isFlexible
          ? "found rate on a flexible grid, expected efficiency"
          : "found efficiency on a fixed grid, expected rate", at: step.origin)
    }
    let all = steps.map { step in
      ReachStep(
        upTo: step.upTo?.value ?? Kilometres(.infinity),
        carries: step.rate.map { .rate($0.value) } ?? .efficiency(step.efficiency?.value ?? 1))
    }
    for (step, next) in zip(steps, steps.dropFirst()) {
      let isGrowing = (step.upTo?.value.value ?? .infinity) < (next.upTo?.value.value ?? .infinity)
      if !isGrowing {
        report(
          "found a step that is not longer than the one before, expected up_to to grow",
          at: next.origin)
      }
    }
    return all
  }
}

extension ComponentSection {
  fileprivate var component: FailureRates.Component {
    .init(meanGap_s: lifetime.value.seconds, meanRepair_s: repair.value.seconds)
  }
}

extension GridPreset {
  fileprivate var preset: ChannelGrid.Preset {
    switch self {
    case .spacing50: .cBand
    case .spacing75: .extendedC
    case .spacing150: .cAndL
    }
  }
}

extension AssignmentChoice {
  fileprivate var assignment: ChannelAssignment {
    switch self {
    case .firstFit: .firstFit
    case .bestFit: .bestFit
    case .lastFit: .lastFit
    case .mostUsed: .mostUsed
    case .leastUsed: .leastUsed
    case .random: .random
    }
  }
}

extension ProtectionChoice {
  var protection: Protection {
    switch self {
    case .none: .none
    case .onePlusOne: .onePlusOne
    case .ring: .ring
    case .restoration: .restoration
    }
  }
}
