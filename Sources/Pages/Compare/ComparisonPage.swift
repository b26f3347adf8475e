// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// Two runs side by side on one page: what differs in their scenarios, and what came of it.
///
/// One run against one says nothing of chance: `compare` does, over several seeds.
public struct ComparisonPage {
  private let first: RunContent
  private let second: RunContent
  private let uses: (first: LinkUse?, second: LinkUse?)
  private var words: Wording { first.words }

  public init(of first: String, and second: String, in language: PageLanguage) throws {
    for path in [first, second] where StudyPage.isStudy(path) {
      throw PageError(path: path, reason: .mixed)
    }
    let words = Wording(language)
    self.first = try RunContent(RunFolder(first), words)
    self.second = try RunContent(RunFolder(second), words)
    uses = (
      try self.first.folder.table("links").map { try LinkUse($0) },
      try self.second.folder.table("links").map { try LinkUse($0) }
    )
  }

  public var text: String {
    get throws {
      let names = [first, second].map { "\($0.folder.path) (\($0.folder.name), \($0.folder.seed))" }
      let title =
        first.folder.name == second.folder.name
        ? first.folder.name : "\(first.folder.name) / \(second.folder.name)"
      let about = words.filled("head.compare", names[0], names[1])
      let all: [Section?] = [
        differences, figures, links, try series(), metrics,
      ]
      var document = PageDocument(
        title: title, about: about, words: words, sections: all.compactMap { $0 })
      document.add("end", .number(max(first.folder.end, second.folder.end)))
      document.add("step", .number(60))
      document.add("scenario", .object([]))
      return document.text
    }
  }

  // MARK: - Scenarios

  private var differences: Section {
    let all = ScenarioDifference.all(first.folder.scenario, second.folder.scenario)
    let rows: [[JSON]] = all.prefix(Self.mostDifferences).map {
      [.string($0.path), .string($0.first), .string($0.second)]
    }
    let columns = [Part.TableColumn(words["compare.key"]), .init("A"), .init("B")]
    let note =
      all.count > rows.count
      ? words.filled("compare.more", "\(all.count - rows.count)") : nil
    let part: Part =
      rows.isEmpty
      ? .text(words["compare.same"])
      : .table("differences", "", columns, rows, note: note)
    return Section(id: "differences", title: words["compare.scenarios"], parts: [part])
  }

  private static let mostDifferences = 60

  // MARK: - Numbers

  /// Rows of a metric: what it is in A, in B, and by how much B is above A.
  private func rows(_ names: [String]) -> [JSON] {
    names.compactMap { name in
      let metric = first.metric(name) ?? second.metric(name)
      guard let metric else { return nil }
      let values = [first, second].map { $0.metric(name)?.value ?? .nan }
      return .array([
        .string(first.label(of: name)), .number(values[0]), .number(values[1]),
        .string(Self.change(values[0], values[1])), .string(RunContent.unit(of: metric)),
      ])
    }
  }

  static func change(_ first: Double, _ second: Double) -> String {
    guard first.isFinite, second.isFinite else { return "" }
    if first == second { return "=" }
    guard first != 0 else { return "" }
    let part = (second - first) / first.magnitude * 100
    let text = formatted(digits: 3, of: part.magnitude)
    return (part < 0 ? "−" : "+") + text + " %"
  }

  private var figures: Section {
    let heads = ["", "A", "B", words["compare.change"]]
    return Section(
      id: "figures", title: words["overview"],
      parts: [
        Part(
          "sides",
          [
            ("id", "figures"), ("heads", .array(heads.map { .string($0) })),
            ("rows", .array(rows(first.chiefNames))),
          ])
      ])
  }

  private var metrics: Section {
    var seen: Set<String> = []
    let names = (first.metrics + second.metrics).map(\.name).filter { seen.insert($0).inserted }
    let heads = ["", "A", "B", words["compare.change"]]
    let part = Part(
      "sides",
      [
        ("id", "metrics"), ("title", .string(words.filled("metrics.all", "\(names.count)"))),
        ("heads", .array(heads.map { .string($0) })), ("rows", .array(rows(names))),
        ("isFolded", true),
      ])
    return Section(id: "metrics", title: words["metrics"], parts: [part])
  }

  // MARK: - Links

  private var links: Section? {
    guard let a = uses.first, let b = uses.second else { return nil }
    let placeOf = Dictionary(uniqueKeysWithValues: b.names.enumerated().map { ($1, $0) })
    var moved: [(name: String, first: Int, second: Int, by: Double)] = []
    for (place, name) in a.names.enumerated() {
      guard let other = placeOf[name] else { continue }
      moved.append((name, place, other, b.meanUse[other] - a.meanUse[place]))
    }
    moved.sort { ($0.by.magnitude, $1.name) > ($1.by.magnitude, $0.name) }
    guard !moved.isEmpty else { return nil }
    let shown = moved.prefix(40)
    let rows: [[JSON]] = shown.prefix(15).map {
      [
        .string($0.name), .number(a.meanUse[$0.first]), .number(b.meanUse[$0.second]),
        .number($0.by),
      ]
    }
    let columns = [
      Part.TableColumn(words["link"]), .init("A", "%"), .init("B", "%"), .init("B − A", "%"),
    ]
    let series = shown.map {
      (name: $0.name, first: a.use(of: $0.first), second: b.use(of: $0.second))
    }
    return Section(
      id: "network", title: words["network"],
      parts: [
        pairs("links-two", words["links.use"], unit: "%", (a.times, b.times), series).half,
        Part.table("moved", words["compare.moved"], columns, rows).half,
      ])
  }

  /// A chart of which each pick has a series of A and one of B, over the instants of both.
  private func pairs(
    _ id: String, _ title: String, unit: String, _ times: (first: [Double], second: [Double]),
    _ series: [(name: String, first: [Double], second: [Double])]
  ) -> Part {
    let all = Array(Set(times.first).union(times.second)).sorted()
    func spread(_ values: [Double], _ times: [Double]) -> [Double] {
      let known = Dictionary(zip(times, values), uniquingKeysWith: { first, _ in first })
      return all.map { known[$0] ?? .nan }
    }
    let flat = series.flatMap {
      [
        (name: "A", values: spread($0.first, times.first)),
        (name: "B", values: spread($0.second, times.second)),
      ]
    }
    return .chart(id, title, unit: unit, times: all, flat, pairs: series.map(\.name))
  }

  // MARK: - Series

  private func series() throws -> Section? {
    var parts: [Part] = []
    if let a = try first.tokenSteps(), let b = try second.tokenSteps() {
      parts.append(
        pairs(
          "tokens-two", words["tokens.time"], unit: words["unit.tokens-per-second"],
          (a.served.times, b.served.times),
          [
            (words["tokens.served"], a.served.sums, b.served.sums),
            (words["tokens.refused"], a.refused.sums, b.refused.sums),
          ]
        ).half)
    }
    if let a = try first.poolSeries(), let b = try second.poolSeries() {
      let tables: [(String, String, KeyPath<RunContent.PoolSeries, SeriesTable>)] = [
        ("jobs.used", "", \.used), ("jobs.queued", "", \.queued), ("energy.power", "kW", \.power),
        ("energy.cost", "yuan/h", \.cost), ("energy.emission", "kg/h", \.emission),
      ]
      for (word, unit, path) in tables {
        let (x, y) = (a[keyPath: path], b[keyPath: path])
        guard !x.times.isEmpty, !y.times.isEmpty else { continue }
        parts.append(
          pairs(
            "two-" + word, words[word], unit: unit, (x.times, y.times),
            [(words["all"], x.sums, y.sums)]
          ).half)
      }
    }
    return parts.isEmpty ? nil : Section(id: "series", title: words["compare.series"], parts: parts)
  }
}
