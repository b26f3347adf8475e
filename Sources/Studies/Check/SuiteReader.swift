// SPDX-License-Identifier: GPL-3.0-or-later
public import Scenario
internal import Statistics
internal import YAMLReader

extension Suite {
  /// Reads and checks a suite file, but for its scenarios, which are checked before the first run.
  public init(path: String) throws(ScenarioErrors) {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems),
      let section = SuiteSection.read(root, path: .root, problems: &problems)
    else { throw ScenarioErrors(problems) }
    var reader = SuiteReader(section, path: path, problems: problems)
    self = try reader.suite()
  }
}

/// Makes a suite of what was written of it.
private struct SuiteReader {
  let section: SuiteSection
  let path: String
  var problems: Problems

  init(_ section: SuiteSection, path: String, problems: Problems) {
    self.section = section
    self.path = path
    self.problems = problems
  }

  private static let mostSeeds = 100_000
  private static let alarms = 0.001...20.0

  mutating func suite() throws(ScenarioErrors) -> Suite {
    checkName(section.suite, "suite")
    checkName(section.baseline, "baseline")
    checkLooks()
    let alarm = falseAlarm()
    if section.cases.isEmpty {
      problems.add(
        found: "an empty list", expected: "at least one case", at: section.origin.place,
        path: section.origin.path.key("cases"))
    }
    checkUnique(section.cases.map(\.name), "case")
    for section in section.cases { check(section) }
    guard problems.isEmpty else { throw ScenarioErrors(problems) }
    var cases: [SuiteCase] = []
    for section in section.cases {
      if let made = suiteCase(section) { cases.append(made) }
    }
    guard problems.isEmpty else { throw ScenarioErrors(problems) }
    return Suite(
      name: section.suite.value, path: path,
      baselinePath: StudyFiles.path(of: section.baseline.value, beside: path),
      looks: section.looks.map(\.value), falseAlarm: alarm, cases: cases)
  }

  // MARK: - The suite

  private mutating func checkName(_ name: Written<String>, _ what: String) {
    guard name.value.isEmpty || name.value.contains(where: \.isNewline) else { return }
    problems.add(
      found: Node.quoted(name.value), expected: "a name of the \(what)", at: name.place,
      path: name.path)
  }

  private mutating func checkLooks() {
    if section.looks.isEmpty {
      problems.add(
        found: "an empty list", expected: "numbers of seeds such as [8, 16, 32, 64]",
        at: section.origin.place, path: section.origin.path.key("looks"))
    }
    var before = 1
    for look in section.looks {
      if look.value <= before || look.value > Self.mostSeeds {
        problems.add(
          found: "\(look.value)",
          expected: before == 1
            ? "2 to \(Self.mostSeeds) seeds" : "more seeds than \(before), the look before",
          at: look.place, path: look.path)
      }
      before = max(before, look.value)
    }
  }

  private mutating func falseAlarm() -> Double {
    let written = section.falseAlarm
    guard let measure = Measure(written.value), measure.unit == "%",
      Self.alarms.contains(measure.number)
    else {
      problems.add(
        found: Node.quoted(written.value), expected: "a chance from 0.001 % to 20 %",
        at: written.place, path: written.path)
      return 0.001
    }
    return measure.number / 100
  }

  private mutating func checkUnique(_ names: [Written<String>], _ kind: String) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name.value).inserted {
      problems.add(
        "a second \(kind) \(Node.quoted(name.value))", at: name.place, path: name.path)
    }
  }

  // MARK: - Cases

  private mutating func check(_ section: CaseSection) {
    checkName(section.name, "case")
    checkUnique((section.metrics ?? []).map(\.metric), "metric")
    for metric in section.metrics ?? [] { checkName(metric.metric, "metric") }
    if let metrics = section.metrics, metrics.isEmpty {
      problems.add(
        found: "an empty list", expected: "at least one metric", at: section.origin.place,
        path: section.origin.path.key("metrics"))
    }
    if let written = section.instructions, written.share == nil {
      problems.add(
        found: Node.quoted(written.value.text), expected: "a share such as 2 %",
        at: written.place, path: written.path)
    }
    for entry in section.set.entries where entry.path == "seed" && section.exact == nil {
      problems.add(
        "found seed, which each run has of the suite; expected looks: [...] for the seeds from 1 on",
        at: entry.place, path: section.origin.path.key("set"))
    }
  }

  private mutating func template(_ section: CaseSection) -> ScenarioTemplate? {
    do throws(ScenarioErrors) {
      return try ScenarioTemplate(
        path: StudyFiles.path(of: section.scenario.value, beside: path))
    } catch {
      problems.add(
        error.description, at: section.scenario.place, path: section.scenario.path)
      return nil
    }
  }

  private mutating func suiteCase(_ section: CaseSection) -> SuiteCase? {
    guard let template = template(section) else { return nil }
    let settings =
      section.unset.compactMap { Setting(removing: $0.value, problems: &problems) }
      + section.set.entries.compactMap {
        Setting($0.path, to: $0.value, at: $0.place, problems: &problems)
      }
    let metrics = section.metrics ?? []
    return SuiteCase(
      name: section.name.value,
      metrics: metrics.map {
        GatedMetric(
          $0.metric.value, goal: $0.better == .lower ? .lower : .higher,
          tolerance: $0.tolerance.value, isBlocking: $0.blocking)
      },
      instructions: section.instructions?.share, template: template, settings: settings,
      settingPlaces: Dictionary(
        section.set.entries.map {
          ($0.path, (place: $0.place, path: section.origin.path.key("set")))
        }, uniquingKeysWith: { first, _ in first }), suitePath: path,
      places: metrics.map(\.metric.place),
      arguments: section.unset.flatMap { ["--unset", $0.value] }
        + section.set.entries.flatMap { ["--set", "\($0.path)=\($0.value.json)"] })
  }
}

extension Written<Tolerance> {
  /// Nil for what is no share.
  fileprivate var share: Double? {
    guard case .relative(let share) = value else { return nil }
    return share
  }
}
