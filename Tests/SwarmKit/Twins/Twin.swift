// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Simulator
internal import Traffic
internal import YAMLReader

/// Another scenario of which it is known how its results differ, if at all.
struct Twin: Sendable {
  let name: String
  /// Makes it of a scenario and its run; nil where it would tell nothing.
  let make: @Sendable (SwarmScenario, SwarmRun) -> SwarmScenario?
  let compare: @Sendable (SwarmRun, SwarmRun, inout Findings) -> Void

  static let all = [resolved, renamed, spare, otherSamples, doubled]

  /// With all defaults written down it is the same scenario.
  static let resolved = Twin(
    name: "writing the defaults down changes nothing",
    make: { scenario, run in tree(run.resolved).map { scenario.with($0) } },
    compare: { run, twin, found in
      requireSame(run, twin, &found)
    })

  /// Numbers do not hang on what nodes are called.
  static let renamed = Twin(
    name: "other names of nodes change no number",
    make: { scenario, run in
      guard scenario.root.value("network")?.value("use") == nil else { return nil }
      var twin = scenario.with(scenario.root.mapTexts { NewNames.of($0) })
      twin.files = scenario.files.map { ($0.name, NewNames.of($0.text)) }
      return twin
    },
    compare: { run, twin, found in
      for (table, bytes) in run.bytes {
        let text = NewNames.of(String(decoding: bytes, as: UTF8.self))
        let other = String(decoding: twin.bytes[table] ?? [], as: UTF8.self)
        found.require(text == other, "\(table).csv: \(difference(text, other))")
      }
    })

  /// A link that nobody names carries nothing and changes nothing.
  static let spare = Twin(
    name: "a link that nobody uses changes nothing",
    make: { scenario, run in
      // Of more links loss is looked at less often.
      guard !run.model.loss.isOn else { return nil }
      let link = Section(["name": .text("spare-link"), "capacity": .text("1 Gbps")]).node
      let links = (scenario.root.value("network")?.value("links")?.elements ?? []) + [link]
      return scenario.root.setting(["network", "links"], .list(links)).map { scenario.with($0) }
    },
    compare: { run, twin, found in
      // Of more links all flows are shared out in another order, which rounding tells.
      for table in run.bytes.keys.sorted() where table != "links" && table != "summary" {
        requireNear(run.tables[table], twin.tables[table], &found)
      }
      // What is told of all links together counts it.
      let ofAll = ["link_utilisation", "link_capacity", "link_time_above"]
      for row in run.outcome.summary.rows where !ofAll.contains(where: row.metric.hasPrefix) {
        guard let value = run.metric(row.metric) else { continue }
        found.near(
          twin.metric(row.metric) ?? .nan, value, relative: 1e-9, absolute: 1e-9,
          "\(row.metric), with the link")
      }
    })

  /// Samples are looks at a run and no part of it.
  static let otherSamples = Twin(
    name: "another time between samples changes nothing",
    make: { scenario, run in
      guard scenario.root.value("duration") != nil else { return nil }
      return scenario.root.setting(["sample_every"], .time(run.outcome.end.seconds / 7))
        .map { scenario.with($0) }
    },
    compare: { run, twin, found in
      found.require(run.outcome.digest == twin.outcome.digest, "the digest is another")
      // What demands did is added up at each sample, in other parts.
      // A demand beside flows is booked by its mean share since the last look at anything, and
      // what its queues lose is no straight line of that.
      let isBeside = run.model.demands.contains { $0.precedence == .beside }
      let inParts = ["links", "pools", "clusters"] + (isBeside ? ["demands", "summary"] : [])
      for table in run.bytes.keys.sorted() where !inParts.contains(table) {
        // How long a link was almost full is told by its samples.
        let left = ["link_time_above_90_max"]
        requireNear(run.tables[table], twin.tables[table], besides: left, &found)
      }
    })

  // MARK: - Comparing

  static func requireSame(
    _ run: SwarmRun, _ twin: SwarmRun, besides left: Set<String> = [], withDigest: Bool = true,
    _ found: inout Findings
  ) {
    if withDigest {
      found.require(
        run.outcome.digest == twin.outcome.digest,
        "digest \(run.outcome.digest.value), then \(twin.outcome.digest.value)")
    }
    for table in Set(run.bytes.keys).union(twin.bytes.keys).subtracting(left).sorted() {
      let (one, other) = (run.bytes[table] ?? [], twin.bytes[table] ?? [])
      if one == other { continue }
      let texts = [one, other].map { String(decoding: $0, as: UTF8.self) }
      found.add("\(table).csv: \(difference(texts[0], texts[1]))")
    }
  }

  /// Requires equal texts, and numbers that differ by rounding at most.
  static func requireNear(
    _ one: Table?, _ other: Table?, besides left: [String] = [], _ found: inout Findings
  ) {
    guard let one, let other, one.rows.count == other.rows.count else {
      return found.add("\(one?.name ?? "a table") has another number of rows")
    }
    // What is left of large sums is as exact as those are, in the summary those of its unit.
    let isSummary = one.columns.last == "unit"
    let ofUnit = Dictionary(grouping: one.rows) { isSummary ? $0.last ?? "" : "" }
      .mapValues { rows in rows.compactMap { Double($0[1]) }.max() ?? 0 }
    for (row, twin) in zip(one.rows, other.rows) where !left.contains(row[0]) {
      let largest =
        isSummary ? ofUnit[row.last ?? ""] ?? 0 : row.compactMap { Double($0) }.max() ?? 0
      for (text, twinText) in zip(row, twin) where text != twinText {
        guard let number = Double(text), let twinNumber = Double(twinText) else {
          found.add("\(one.name).csv: \(row), then \(twin)")
          break
        }
        found.near(
          twinNumber, number, relative: 1e-9, absolute: 1e-9 + 1e-13 * largest,
          "\(one.name).csv: \(row[0])")
      }
    }
  }

  /// The first line in which two texts differ.
  static func difference(_ one: String, _ other: String) -> String {
    let lines = [one, other].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    for index in 0..<max(lines[0].count, lines[1].count) {
      let pair = lines.map { index < $0.count ? String($0[index]) : "nothing" }
      if pair[0] != pair[1] { return "line \(index + 1) is \(pair[0]), then \(pair[1])" }
    }
    return "the same"
  }

  static func tree(_ text: String) -> Node? {
    var problems = Problems(file: "twin")
    return Node.read(Array(text.utf8), problems: &problems)
  }
}

/// Other names of the nodes that the swarm draws, in another order of letters.
private enum NewNames {
  static func of(_ text: String) -> String {
    var bytes = Array(text.utf8)
    // Nodes are called n0q to n6q; names of this shape stand for nothing else.
    for place in bytes.indices.dropLast(2)
    where bytes[place] == UInt8(ascii: "n") && bytes[place + 2] == UInt8(ascii: "q")
      && (0x30...0x39).contains(bytes[place + 1])
    {
      bytes[place] = UInt8(ascii: "x")
      bytes[place + 1] = 0x39 - (bytes[place + 1] - 0x30)
      bytes[place + 2] = UInt8(ascii: "w")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension SwarmScenario {
  func with(_ root: Node) -> SwarmScenario { SwarmScenario(seed: seed, root: root, files: files) }
}
