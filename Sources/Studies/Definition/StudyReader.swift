// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Scenario
internal import Statistics
internal import YAMLReader

extension Study {
  /// Reads and checks a study file, but for its scenarios, which are checked with their variants.
  public init(path: String) throws(ScenarioErrors) {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems),
      let section = StudySection.read(root, path: .root, problems: &problems)
    else { throw ScenarioErrors(problems) }
    var reader = StudyReader(section, path: path, problems: problems)
    guard let study = try reader.study() else { throw ScenarioErrors(reader.problems) }
    self = study
  }
}

/// Makes a study of what was written of it.
struct StudyReader {
  let section: StudySection
  let path: String
  var problems: Problems
  var scenarios: [StudyScenario] = []
  var settings: [Setting] = []

  init(_ section: StudySection, path: String, problems: Problems) {
    self.section = section
    self.path = path
    self.problems = problems
  }

  /// Nil where there are problems.
  mutating func study() throws(ScenarioErrors) -> Study? {
    checkName()
    checkColumns()
    checkPaths()
    settings =
      section.unset.compactMap { Setting(removing: $0.value, problems: &problems) }
      + section.set.entries.compactMap {
        Setting($0.path, to: $0.value, at: $0.place, problems: &problems)
      }
    let replications = replications()
    checkCount(replications)
    let cluster = section.slurm.map { ClusterRequest($0, problems: &problems) }
    guard problems.isEmpty else { return nil }
    scenarios = try templates()
    let axes = axes()
    guard problems.isEmpty else { return nil }
    let dimensions = dimensions(of: axes)
    let combinations = combinations(axes, dimensions)
    guard problems.isEmpty else { return nil }
    return Study(
      name: section.study.value, path: path, scenarios: scenarios, axes: axes, settings: settings,
      dimensions: dimensions, replications: replications,
      metrics: section.metrics.map { $0.map(\.value) }, keepsRuns: section.keep == .runs,
      drawnAxes: section.axes.map { $0.between != nil }, design: design, cluster: cluster,
      combinations: combinations)
  }

  /// The points of `saltelli`; nil for any other sample.
  private var design: SaltelliDesign? {
    guard let sample = section.sample, sample.method == .saltelli else { return nil }
    let factors = section.axes.count { $0.between != nil }
    return SaltelliDesign(factors: factors, baseCount: sample.count.value)
  }

  // MARK: - Names and paths

  private mutating func checkName() {
    let name = section.study
    guard name.value.isEmpty || name.value.contains(where: \.isNewline) else { return }
    problems.add(found: "no name", expected: "a name", at: name.place, path: name.path)
  }

  /// Columns that tables have anyway.
  private static let taken: Set = [
    "run", "scenario", "seed", "metric", "value", "unit", "n", "of", "mean", "deviation", "low",
    "high", "status", "digest", "folder", "message", "and", "or", "not",
  ]

  private mutating func checkColumns() {
    var seen: Set<String> = []
    for name in section.axes.map(\.name) {
      if Self.taken.contains(name.value) {
        problems.add(
          "found the name \(Node.quoted(name.value)), which tables of studies have already; "
            + "expected another", at: name.place, path: name.path)
      } else if !Self.isWord(name.value) {
        problems.add(
          found: "the name \(Node.quoted(name.value))",
          expected: "letters, digits, _ and -, with a letter first", at: name.place,
          path: name.path)
      } else if !seen.insert(name.value).inserted {
        problems.add("a second axis \(Node.quoted(name.value))", at: name.place, path: name.path)
      }
    }
  }

  private static func isWord(_ name: String) -> Bool {
    name.first?.isLetter == true
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }

  /// Two axes on one path would undo each other, and seeds are the study's own.
  private mutating func checkPaths() {
    var taken: [(path: String, axis: String)] = []
    for axis in section.axes {
      for path in [axis.path].compactMap(\.self) + (axis.zip ?? []).map(\.path) {
        if let other = taken.first(where: { Self.overlap($0.path, path.value) }) {
          let where_ = other.axis == axis.name.value ? "this axis" : "axis \(other.axis)"
          problems.add(
            "found \(path.value), but \(where_) sets \(other.path); expected paths apart",
            at: path.place, path: path.path)
        }
        if !path.value.hasSuffix("[+]") { taken.append((path.value, axis.name.value)) }
        if path.value == "seed" { reportSeed(at: path.place, path.path) }
      }
    }
    for entry in section.set.entries where entry.path == "seed" {
      reportSeed(at: entry.place, .root.key("set"))
    }
  }

  private mutating func reportSeed(at place: Place, _ path: Path) {
    problems.add(
      "found seed, which each run has of the study; expected `seeds: 20` for the seeds 1 to 20",
      at: place, path: path)
  }

  /// Whether one path may be inside the other.
  ///
  /// An element that is named in one and numbered in the other may be the same.
  private static func overlap(_ first: String, _ second: String) -> Bool {
    zip(steps(of: first), steps(of: second)).allSatisfy { one, other in
      guard one != other else { return true }
      return one.isElement && other.isElement && (Int(one.text) == nil) != (Int(other.text) == nil)
    }
  }

  private static func steps(of path: String) -> [(text: Substring, isElement: Bool)] {
    path.split(separator: "[").enumerated().flatMap { index, part in
      // Before the first bracket stand keys; behind it an element, and keys again.
      let pieces = part.split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
      let isElement = index > 0 || path.hasPrefix("[")
      let keys = isElement ? pieces.dropFirst().joined() : String(part)
      return (isElement ? [(pieces[0], true)] : [])
        + keys.split(separator: ".").map { ($0, false) }
    }
  }

  // MARK: - Replications

  private mutating func replications() -> Replications {
    guard let until = section.until else {
      let seeds = section.seeds
      let count = seeds?.value ?? 1
      if let seeds, !(1...1_000_000).contains(count) {
        problems.add(
          found: "\(count) seeds", expected: "1 to 1000000", at: seeds.place, path: seeds.path)
      }
      return .seeds(max(count, 1))
    }
    let most = until.atMost
    if !(IntervalRule.firstLook...1_000_000).contains(most.value) {
      problems.add(
        found: "\(most.value) seeds", expected: "\(IntervalRule.firstLook) to 1000000",
        at: most.place, path: most.path)
    }
    let share = Measure(until.relative.value)
    if share?.unit != "%" || share.map({ !(0 < $0.number && $0.number <= 100) }) ?? true {
      problems.add(
        found: Node.quoted(until.relative.value), expected: "a share of the mean such as 2 %",
        at: until.relative.place, path: until.relative.path)
    }
    return .until(
      IntervalRule(
        metric: until.metric.value, relative: (share?.number ?? 0) / 100, most: max(most.value, 1)))
  }

  // MARK: - Scenarios

  private func templates() throws(ScenarioErrors) -> [StudyScenario] {
    let named =
      section.scenarios?.entries ?? section.scenario.map { [(label: "", path: $0)] } ?? []
    var all: [StudyScenario] = []
    for (label, file) in named {
      let template = try ScenarioTemplate(path: StudyFiles.path(of: file.value, beside: path))
      let stem = file.value.split(separator: "/").last.map(String.init) ?? file.value
      let name = stem.hasSuffix(".yaml") ? String(stem.dropLast(5)) : stem
      all.append(StudyScenario(label: label.isEmpty ? name : label, template: template))
    }
    return all
  }

  // MARK: - Axes

  private mutating func axes() -> [Axis] {
    let drawn = section.axes.filter { $0.between != nil }
    checkSample(drawn)
    let scenarios = scenarios
    let settings = settings
    var reader = AxisReader(problems: problems) { fail, problems in
      FailuresInTurn(scenarios, settings).events(fail, problems: &problems)
    }
    var axes = section.axes.compactMap { reader.axis($0) }
    problems = reader.problems
    guard problems.isEmpty, let sample = section.sample, !drawn.isEmpty else { return axes }
    let points = SamplePoints.points(sample, dimensions: drawn.count)
    for (dimension, axis) in drawn.enumerated() {
      guard let place = axes.firstIndex(where: { $0.name == axis.name.value }) else { continue }
      axes[place].levels = reader.sampled(axis, at: points.map { $0[dimension] })
    }
    problems = reader.problems
    return axes
  }

  private mutating func checkSample(_ drawn: [AxisSection]) {
    guard let sample = section.sample else {
      for axis in drawn {
        problems.add(
          "found between, but the study draws no sample; "
            + "expected sample: {method: sobol, count: 256}",
          at: axis.origin.place, path: axis.origin.path.key("between"))
      }
      return
    }
    if drawn.isEmpty {
      problems.add(
        "found sample, but no axis has between: [low, high]", at: sample.origin.place,
        path: sample.origin.path)
    }
    if !(1...SamplePoints.most).contains(sample.count.value) {
      problems.add(
        found: "\(sample.count.value) points", expected: "1 to \(SamplePoints.most)",
        at: sample.count.place, path: sample.count.path)
    }
    let most =
      switch sample.method {
      case .sobol: SobolSequence.mostDimensions
      case .saltelli: SaltelliDesign.mostFactors
      case .latinHypercube: Int.max
      }
    if drawn.count > most {
      problems.add(
        found: "\(drawn.count) axes with between", expected: "at most \(most)",
        at: sample.origin.place, path: sample.origin.path)
    }
    if sample.method == .saltelli, sample.count.value == 1 {
      problems.add(
        found: "1 base point", expected: "2 at least, and better a power of two",
        at: sample.count.place, path: sample.count.path)
    }
  }
}
