// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
package import Scenario
internal import Studies
internal import YAMLReader

/// What is to hold of a scenario, and what may be built for it at which price: a plan file, checked.
package struct BuildPlan: Sendable {
  package enum Level: Equatable, Sendable {
    /// The most of the traffic of a class, or of all, that is not carried in any hour.
    case loss(Double, ofClass: String?)
    /// The most of the tokens that no site serves in any hour.
    case refused(Double)
    /// A metric of the run.
    case metric(String, atMost: Double?, atLeast: Double?)
  }

  package struct Growth: Sendable {
    package var path: String
    package var number: Double
    package var unit: String
    /// By how much it grows in a year, as a part.
    package var rate: Double

    /// What it is some years later, as a setting.
    package func setting(after years: Int) -> String {
      let factor = (0..<years).reduce(1.0) { product, _ in product * (1 + rate) }
      return "\(path)=\(Measure(number * factor, "").text)" + (unit.isEmpty ? "" : " \(unit)")
    }
  }

  package struct Channels: Sendable {
    package var price: Double
    package var most: Int
  }

  package struct Nodes: Sendable {
    package var price: Double
    package var sites: [String]?
  }

  package struct Lines: Sendable {
    package var capacity: Double
    package var price: Double
  }

  package struct NewFibre: Sendable {
    package var name: String
    package var setting: String
    package var price: Double
  }

  package var name: String
  package var scenario: PlannedScenario
  /// Its file, as the plan is read from here.
  package var scenarioPath: String
  /// What is set and removed for all years, as on a command line.
  package var settings: [String]
  package var removals: [String]
  package var coversFailures: Bool
  package var fill: Double
  package var levels: [Level]
  package var channels: Channels?
  package var nodes: Nodes?
  package var lines: Lines?
  package var fibres: [NewFibre]
  package var growth: [Growth]
  /// One year without a number where nobody says which.
  package var years: [Int?]

  /// Reads and checks a plan file, but for its scenario.
  package init(path: String) throws(ScenarioErrors) {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems),
      let section = PlanSection.read(root, path: .root, problems: &problems)
    else { throw ScenarioErrors(problems) }
    var reader = PlanReader(section, problems)
    let read = reader.read()
    guard reader.problems.isEmpty else { throw ScenarioErrors(reader.problems) }
    let file = StudyFiles.path(of: section.scenario.value, beside: path)
    settings = section.set.entries.map { "\($0.path)=\($0.value.json.onOneLine)" }
    removals = section.unset.map(\.value)
    scenario = try PlannedScenario(path: file, settings: settings, removing: removals)
    scenarioPath = file
    name = section.plan.value
    coversFailures = section.failures == .single
    (fill, levels, growth, years, fibres) = read
    let build = section.build
    channels = build.channels.map {
      Channels(price: $0.price.value + 2 * $0.transceiver.value, most: $0.most.value)
    }
    nodes = build.nodes.map { Nodes(price: $0.price.value, sites: $0.sites?.map(\.value)) }
    lines = build.lines.map { Lines(capacity: $0.capacity.value.value, price: $0.price.value) }
  }

  /// The settings of a year, by its position.
  package func settings(ofYear position: Int) -> [String] {
    growth.map { $0.setting(after: position) }
  }
}

/// Checks what is written in a plan file.
private struct PlanReader {
  let section: PlanSection
  var problems: Problems

  init(_ section: PlanSection, _ problems: Problems) {
    self.section = section
    self.problems = problems
  }

  typealias Parts = (
    fill: Double, levels: [BuildPlan.Level], growth: [BuildPlan.Growth], years: [Int?],
    fibres: [BuildPlan.NewFibre]
  )

  mutating func read() -> Parts {
    if section.levels.isEmpty {
      problems.add(
        found: "an empty list", expected: "at least one level", at: section.origin.place,
        path: section.origin.path.key("levels"))
    }
    let build = section.build
    if build.channels == nil, build.nodes == nil, build.lines == nil {
      problems.add(
        found: "nothing that may be built", expected: "channels, nodes or lines",
        at: build.origin.place, path: build.origin.path)
    }
    if let price = build.channels?.transceiver, price.value < 0 {
      problems.add(
        found: "\(price.value)", expected: "a price of 0 or more", at: price.place, path: price.path
      )
    }
    return (
      share(section.fill, atLeast: 1e-6), section.levels.compactMap { level($0) },
      section.growth.compactMap { growth($0) }, years(), build.fibres.compactMap { fibre($0) }
    )
  }

  private mutating func share(_ written: Written<String>, atLeast least: Double = 0) -> Double {
    if let measure = Measure(written.value), measure.unit == "%",
      (least...1).contains(measure.number / 100)
    {
      return measure.number / 100
    }
    problems.add(
      found: Node.quoted(written.value), expected: "a part such as 0.1 %", at: written.place,
      path: written.path)
    return 1
  }

  private mutating func level(_ level: LevelSection) -> BuildPlan.Level? {
    if let loss = level.loss { return .loss(share(loss), ofClass: level.className?.value) }
    if let refused = level.refused { return .refused(share(refused)) }
    guard let metric = level.metric else { return nil }
    if level.atMost == nil, level.atLeast == nil {
      problems.add(
        found: "a metric alone", expected: "at_most or at_least beside it", at: metric.place,
        path: metric.path)
    }
    return .metric(
      metric.value, atMost: level.atMost?.value, atLeast: level.atLeast?.value)
  }

  private mutating func growth(_ growth: GrowthSection) -> BuildPlan.Growth? {
    guard let from = Measure(growth.from.value) else {
      problems.add(
        found: Node.quoted(growth.from.value), expected: "a number with its unit",
        at: growth.from.place, path: growth.from.path)
      return nil
    }
    let by = growth.by
    let text = by.value.hasSuffix("/y") ? String(by.value.dropLast(2)) : by.value
    guard let rate = Measure(text), rate.unit == "%", (-100...10_000).contains(rate.number) else {
      problems.add(
        found: Node.quoted(by.value), expected: "a part of a year such as 60 %", at: by.place,
        path: by.path)
      return nil
    }
    return .init(
      path: growth.path.value, number: from.number, unit: from.unit, rate: rate.number / 100)
  }

  private mutating func years() -> [Int?] {
    guard let first = section.years.first, let last = section.years.last else { return [nil] }
    guard section.years.count == 2, first.value < last.value, last.value - first.value <= 50 else {
      problems.add(
        found: "\(section.years.map(\.value))", expected: "a first and a later last year",
        at: first.place, path: section.origin.path.key("years"))
      return [nil]
    }
    return (first.value...last.value).map { $0 }
  }

  private mutating func fibre(_ fibre: NewFibreSection) -> BuildPlan.NewFibre? {
    guard fibre.between.count == 2 else {
      problems.add(
        found: "\(fibre.between.count) ends", expected: "two", at: fibre.origin.place,
        path: fibre.origin.path.key("between"))
      return nil
    }
    let ends = fibre.between.map { Node.quoted($0.value) }.joined(separator: ", ")
    return .init(
      name: fibre.name.value,
      setting: "network.fibres[+]={name: \(Node.quoted(fibre.name.value)), between: [\(ends)], "
        + "length: \(fibre.length.value)}",
      price: fibre.price.value)
  }
}

extension String {
  /// Without the ends of lines that are there for people.
  fileprivate var onOneLine: String {
    split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
  }
}
