// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scenario
internal import Studies
internal import YAMLReader

/// Checks what is written in a plan file.
struct PlanReader {
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
    let levels = section.levels.compactMap { level($0) }
    let isEmpty =
      build.channels == nil && build.nodes == nil && build.lines == nil
      && build.regenerators == nil
    if isEmpty, build.accelerators == nil, build.fibres.isEmpty {
      problems.add(
        found: "nothing that may be built",
        expected: "channels, nodes, lines, fibres, accelerators or regenerators",
        at: build.origin.place, path: build.origin.path)
    }
    if section.routes.value == .free, levels.contains(where: \.mayLose) {
      problems.add(
        found: "free routes with a loss that is allowed", expected: "levels of loss: 0 % with them",
        at: section.routes.place, path: section.routes.path)
    }
    if let price = build.channels?.transceiver, price.value < 0 {
      problems.add(
        found: "\(price.value)", expected: "a price of 0 or more", at: price.place, path: price.path
      )
    }
    return (
      share(section.fill, atLeast: 1e-6), levels,
      section.growth.compactMap { growth($0) }, years(), build.fibres.compactMap { fibre($0) }
    )
  }

  mutating func share(_ written: Written<String>, atLeast least: Double = 0) -> Double {
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
    if section.years.isEmpty, let growth = section.growth.first {
      problems.add(
        found: "growth without years", expected: "both", at: growth.origin.place,
        path: section.origin.path.key("growth"))
    }
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
  var onOneLine: String {
    split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
  }
}
