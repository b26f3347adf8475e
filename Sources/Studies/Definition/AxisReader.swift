// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Scenario
internal import YAMLReader

/// Makes the axes of what was written of them, and reports what is wrong.
struct AxisReader {
  var problems: Problems
  /// What fails in turn, by its kind.
  let failures: (FailSection, inout Problems) -> [(name: String, events: [Node])]

  /// The most values of an axis.
  static let mostLevels = 1_000_000

  /// Nil for an axis in error; one with `between` has no levels yet.
  mutating func axis(_ section: AxisSection) -> Axis? {
    let before = problems.count
    checkPath(of: section)
    var levels: [Axis.Level] = []
    if let values = section.values { levels = listed(values, section) }
    if let range = section.range { levels = numbers(self.values(of: range), section) }
    if let log = section.log { levels = numbers(self.values(of: log), section) }
    if let zip = section.zip { levels = zipped(zip, section) }
    if let fail = section.fail { levels = failing(fail) }
    if let between = section.between { checkEnds(between, section) }
    guard problems.count == before else { return nil }
    return Axis(name: section.name.value, levels: renamed(levels, by: section))
  }

  /// The levels of an axis with `between` at points of the unit interval.
  mutating func sampled(_ section: AxisSection, at points: [Double]) -> [Axis.Level] {
    guard let between = section.between, between.count == 2,
      let low = measure(between[0]), let high = measure(between[1])
    else { return [] }
    let values = points.map {
      Measure(low.number + (high.number - low.number) * $0, low.unit).text
    }
    return numbers(values, section)
  }

  private mutating func checkPath(of section: AxisSection) {
    if section.zip != nil || section.fail != nil {
      guard let path = section.path else { return }
      let kind = section.zip != nil ? "zip" : "fail"
      problems.add(
        "found path beside \(kind), expected one of them", at: path.place, path: path.path)
    } else if section.path == nil {
      problems.add(
        "the key is missing: what is set, such as light.margin", at: section.origin.place,
        path: section.origin.path.key("path"))
    }
  }

  // MARK: - Values

  private mutating func listed(_ values: [Raw], _ section: AxisSection) -> [Axis.Level] {
    guard !values.isEmpty else {
      problems.add(
        found: "an empty list", expected: "at least one value", at: section.origin.place,
        path: section.origin.path.key("values"))
      return []
    }
    return values.compactMap { value in
      level(label(of: value.node), [(section.path, value.node)])
    }
  }

  private mutating func zipped(_ zip: [ZippedSection], _ section: AxisSection) -> [Axis.Level] {
    guard let first = zip.first, !first.values.isEmpty else {
      problems.add(
        found: "an empty list", expected: "paths with a value for each step",
        at: section.origin.place, path: section.origin.path.key("zip"))
      return []
    }
    for other in zip where other.values.count != first.values.count {
      problems.add(
        found: "\(other.values.count) values",
        expected: "\(first.values.count), as many as \(first.path.value) has",
        at: other.origin.place, path: other.origin.path)
      return []
    }
    return first.values.indices.compactMap { step in
      level(
        zip.map { label(of: $0.values[step].node) }.joined(separator: " "),
        zip.map { ($0.path, $0.values[step].node) })
    }
  }

  private mutating func failing(_ fail: FailSection) -> [Axis.Level] {
    let all = failures(fail, &problems)
    if all.isEmpty, problems.isEmpty {
      problems.add(
        "the scenario has no \(fail.each.rawValue) that could fail", at: fail.origin.place,
        path: fail.origin.path)
    }
    return all.map { failure in
      Axis.Level(
        failure.name,
        settings: failure.events.compactMap {
          Setting("events[+]", to: $0, at: fail.origin.place, problems: &problems)
        })
    }
  }

  private mutating func numbers(_ values: [String], _ section: AxisSection) -> [Axis.Level] {
    values.compactMap { value in
      // A quantity is text, and a number without a unit is none.
      let isPlain = Measure(value)?.unit.isEmpty ?? false
      return level(value, [(section.path, isPlain ? .plain(value) : .text(value))])
    }
  }

  private mutating func level(
    _ label: String, _ settings: [(path: Written<String>?, value: Node)]
  ) -> Axis.Level? {
    let made = settings.compactMap { path, value in
      path.flatMap { Setting($0.value, to: value, at: $0.place, problems: &problems) }
    }
    return made.count == settings.count ? Axis.Level(label, settings: made) : nil
  }

  /// What tables call a value that has no label.
  private func label(of node: Node) -> String {
    if let scalar = node.scalar { return scalar.text }
    if node.isNothing { return "nothing" }
    return node.json.split(whereSeparator: \.isNewline)
      .map { $0.drop { $0 == " " } }.joined(separator: " ")
  }

  private mutating func renamed(
    _ levels: [Axis.Level], by section: AxisSection
  ) -> [Axis.Level] {
    var levels = levels
    if let labels = section.labels, section.between == nil {
      guard labels.count == levels.count else {
        problems.add(
          found: "\(labels.count) labels", expected: "\(levels.count), one for each value",
          at: section.origin.place, path: section.origin.path.key("labels"))
        return levels
      }
      levels = zip(labels, levels).map { Axis.Level($0.value, settings: $1.settings) }
    }
    var seen: Set<String> = []
    for level in levels where !seen.insert(level.label).inserted {
      problems.add(
        "found the value \(Node.quoted(level.label)) twice, expected each once",
        at: section.origin.place, path: section.origin.path)
      break
    }
    return levels
  }
}

// MARK: - Ranges

extension AxisReader {
  private mutating func values(of range: RangeSection) -> [String] {
    guard let ends = measures(range.from, range.to), let step = measures(range.from, range.step)
    else { return [] }
    let (from, to) = (ends.0.number, ends.1.number)
    guard step.1.number > 0, to >= from else {
      problems.add(
        "found from \(range.from.value) to \(range.to.value) in steps of \(range.step.value), "
          + "expected a step of more than zero that leads upwards",
        at: range.origin.place, path: range.origin.path)
      return []
    }
    let count = Measure.steps(from: from, to: to, step: step.1.number)
    guard count <= Double(Self.mostLevels) else {
      problems.add(
        found: "\(Measure(count).text) values", expected: "at most \(Self.mostLevels)",
        at: range.origin.place, path: range.origin.path)
      return []
    }
    return (0..<Int(count)).map {
      Measure(from + Double($0) * step.1.number, ends.0.unit).text
    }
  }

  private mutating func values(of log: LogRangeSection) -> [String] {
    guard let ends = measures(log.from, log.to) else { return [] }
    guard ends.0.number > 0, ends.1.number > ends.0.number else {
      problems.add(
        "found from \(log.from.value) to \(log.to.value), "
          + "expected more than zero, and a larger end",
        at: log.origin.place, path: log.origin.path)
      return []
    }
    let count = log.count.value
    guard (2...Self.mostLevels).contains(count) else {
      problems.add(
        found: "\(count)", expected: "2 to \(Self.mostLevels) values", at: log.count.place,
        path: log.count.path)
      return []
    }
    let ratio = ends.1.number / ends.0.number
    return (0..<count).map { index in
      let part = Double(index) / Double(count - 1)
      let number = index == count - 1 ? ends.1.number : ends.0.number * pow(ratio, part)
      return Measure(number, ends.0.unit).text
    }
  }

  private mutating func checkEnds(_ between: [Raw], _ section: AxisSection) {
    let path = section.origin.path.key("between")
    guard between.count == 2, let low = measure(between[0]), let high = measure(between[1]),
      low.unit == high.unit, low.number < high.number
    else {
      problems.add(
        "expected the two ends of a range in one unit, the smaller first, such as [1 dB, 3 dB]",
        at: section.origin.place, path: path)
      return
    }
    if let labels = section.labels?.first {
      problems.add(
        "found labels beside between, whose values are drawn", at: labels.place,
        path: labels.path)
    }
  }

  private func measure(_ raw: Raw) -> Measure? { raw.node.scalar.flatMap { Measure($0.text) } }

  /// Two numbers in one unit.
  private mutating func measures(
    _ first: Written<String>, _ second: Written<String>
  ) -> (Measure, Measure)? {
    for written in [first, second] where Measure(written.value) == nil {
      problems.add(
        found: Node.quoted(written.value), expected: "a number, with its unit if it has one",
        at: written.place, path: written.path)
      return nil
    }
    guard let one = Measure(first.value), let other = Measure(second.value) else { return nil }
    guard one.unit == other.unit else {
      problems.add(
        found: Node.quoted(second.value),
        expected: one.unit.isEmpty
          ? "a number without a unit, as in \(Node.quoted(first.value))"
          : "a number in \(one.unit), as in \(Node.quoted(first.value))",
        at: second.place, path: second.path)
      return nil
    }
    return (one, other)
  }
}
