// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// The runs of `wide.csv` by their variants, with what records say of them where these are there.
struct StudyRuns {
  private(set) var axes: [String] = []
  private(set) var metrics: [ComparedMetric] = []
  private(set) var variants: [ComparedVariant] = []
  private(set) var runs = 0
  /// Runs that failed or are missing.
  private(set) var lacking = 0

  private static let done = "done"

  init(
    _ table: TableReader, units: [String: String], records: RecordedRuns?
  ) throws {
    let run = try table.column("run")
    let (seed, status) = (try table.column("seed"), try table.column("status"))
    let (first, digest) = (try table.column(Study.scenarioColumn), try table.column("digest"))
    let folder = table.columns[digest - 1] == "folder" ? digest - 1 : nil
    let columns = Array(digest + 1..<table.columns.count)
    axes = Array(table.columns[first..<max(first, seed)])
    metrics = columns.map { place in
      ComparedMetric(table.columns[place], unit: units[table.columns[place]] ?? "")
    }
    var places: [[String]: Int] = [:]
    // A point that is drawn may come again, and its runs with it: they are the same, and count once.
    var seeds: [Set<UInt64>] = []
    var rows = 0
    try records?.check(axes: Array(axes.dropFirst()))
    while try table.advance() {
      rows += 1
      var found: ComparedRun?
      if table.text(status) == Self.done {
        found = ComparedRun(
          seed: UInt64(table.text(seed)) ?? 0, digest: table.text(digest),
          values: try columns.map { try table.number($0) })
      }
      if let records {
        found = try records.checked(
          found, run: table.text(run), seed: table.text(seed), metrics: metrics)
      }
      found?.folder = folder.map { table.text($0) }
      guard let found else {
        lacking += 1
        continue
      }
      let labels = (first..<max(first, seed)).map { table.text($0) }
      let place = places[labels] ?? variants.count
      if place == variants.count {
        places[labels] = place
        variants.append(ComparedVariant(labels: labels, runs: []))
        seeds.append([])
      }
      guard seeds[place].insert(found.seed).inserted else { continue }
      variants[place].runs.append(found)
      runs += 1
    }
    try records?.check(rows: rows)
    dropOnlyScenario()
  }

  /// The label of an only scenario tells nothing apart, and the two studies may call it differently.
  private mutating func dropOnlyScenario() {
    guard Set(variants.map { $0.labels[0] }).count <= 1 else { return }
    axes.removeFirst()
    for place in variants.indices { variants[place].labels.removeFirst() }
  }
}
