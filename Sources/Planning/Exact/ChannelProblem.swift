// SPDX-License-Identifier: GPL-3.0-or-later
internal import Simulator
internal import Text
internal import Traffic

/// How few channels and lines are enough on the routes that traffic takes, as a program.
///
/// With b the number that is built at a link, in each direction, hour and state,
///
///     the least  sum of price b    where  load <= fill (there + each b)
///
/// Where something may be lost, with x what each
/// stream loses,
///
///     sum over streams of a link of (rate - x) <= there + each b,    sum of x <= part of all
///
/// Which streams lose what is free here, where a network lets all on a full link lose alike: so the
/// least here is no more than that of any build that holds, and what a solver proves counts.
struct ChannelProblem: Sendable {
  let parts: [BuildPart]
  private(set) var program = MixedProgram()
  /// What is asked, in words.
  private(set) var scope = ""

  /// A solver of any kind takes its time over more.
  private static let mostVariables = 60_000
  private static let mostHours = 4

  init(_ screen: BuildScreen, existing: Build) {
    parts = screen.parts(on: existing)
    for part in parts {
      _ = program.addVariable(
        cost: part.price, most: part.most.map(Double.init), isWhole: true)
    }
    if screen.plan.mayLose { addLosses(screen) } else { addFills(screen) }
  }

  // MARK: - Nothing is lost

  private mutating func addFills(_ screen: BuildScreen) {
    var least = [Double](repeating: 0, count: parts.count)
    for failure in screen.failures {
      let state = screen.screening.state(under: failure)
      let sums = screen.screening.light.standing(without: failure.fibres).sums
      for (index, part) in parts.enumerated() where !state.isDown[part.link] {
        let room = screen.room(of: part, sums)
        for way in part.ways {
          let load = (0..<state.hours.count).map { state.loads[way * state.hours.count + $0] }.max()
          let missing = (load ?? 0) / screen.plan.fill * (1 - 1e-9) - room.there
          if missing > 0, room.each > 0 { least[index] = max(least[index], missing / room.each) }
        }
      }
    }
    for index in parts.indices where least[index] > 0 {
      program.addRow([.init(1, index)], .atLeast, least[index])
    }
    scope = "on routes of least delay, " + states(screen.failures.count, of: screen)
  }

  // MARK: - Something may be lost

  private mutating func addLosses(_ screen: BuildScreen) {
    var count = 0
    for failure in screen.failures {
      let load = screen.screening.load(under: failure)
      for hour in hours(of: screen.screening, load) {
        let more = load.streams.filter { $0.rates[hour] > 0 }.count
        guard count == 0 || program.variables.count + more <= Self.mostVariables else { continue }
        add(load, hour, screen)
        count += 1
      }
    }
    scope =
      "on routes of least delay, whoever loses what, over \(counted(count, "hour")) of all states"
  }

  /// Those in which most is offered.
  private func hours(of screening: Screening, _ load: ScreenedLoad) -> [Int] {
    let offered = screening.offered.map { $0.reduce(0, +) }
    let sorted = offered.indices.sorted { (offered[$1], $0) < (offered[$0], $1) }
    return sorted.prefix(Self.mostHours).sorted()
  }

  private mutating func add(_ load: ScreenedLoad, _ hour: Int, _ screen: BuildScreen) {
    let streams = load.streams.filter { $0.rates[hour] > 0 }
    // In channels or so: numbers near one are kind to solvers.
    let unit = streams.map { $0.rates[hour] }.max() ?? 1
    let losses = streams.map { program.addVariable(most: $0.rates[hour] / unit) }
    for part in parts where !load.isDown[part.link] {
      let room = screen.room(of: part, load.sums)
      guard room.each > 0, let index = parts.firstIndex(of: part) else { continue }
      for way in part.ways {
        let places = streams.indices.filter { streams[$0].links.contains(Int32(way)) }
        let rate = places.reduce(0) { $0 + streams[$1].rates[hour] }
        guard rate > room.there else { continue }
        program.addRow(
          [.init(room.each / unit, index)] + places.map { .init(1, losses[$0]) }, .atLeast,
          (rate * (1 - 1e-9) - room.there) / unit)
      }
    }
    for level in screen.plan.levels {
      guard case .loss(let most, let name) = level else { continue }
      let one = name.map { name in screen.site.model.classes.firstIndex { $0.name == name } ?? -1 }
      let classes = screen.site.model.classes.indices.filter { one == nil || $0 == one }
      let offered = classes.reduce(0) { $0 + screen.screening.offered[hour][$1] }
      let gone = classes.reduce(0) { $0 + load.stranded[hour][$1] }
      let terms = streams.indices.filter { classes.contains(streams[$0].trafficClass) }
      guard !terms.isEmpty else { continue }
      program.addRow(
        terms.map { .init(1, losses[$0]) }, .atMost,
        ((most + 1e-9) * offered - gone) / unit)
    }
  }

  // MARK: - What comes of it

  /// The build that some values stand for.
  func build(_ values: [Double], on existing: Build) -> Build {
    var build = existing
    for (part, value) in zip(parts, values) where value.rounded() > 0 {
      if part.isLine {
        build.lines[part.name, default: 0] += Int(value.rounded())
      } else {
        build.channels[part.name, default: 0] += Int(value.rounded())
      }
    }
    return build
  }

  private func states(_ count: Int, of screen: BuildScreen) -> String {
    let hours = screen.screening.hours.count
    return
      "over \(count > 1 ? "\(count) states of " : "")\(hours == 1 ? "1 hour" : "\(hours) hours")"
  }
}
