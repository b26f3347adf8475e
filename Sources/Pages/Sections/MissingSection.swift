// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

// What a page of this run could show, and does not because the run did not write it.

extension RunContent {
  /// A table with the metric that says that the run has something to write there.
  private static let tables: [(table: String, metric: String)] = [
    ("links", "link_utilisation_mean"), ("flows", "flows_started"),
    ("bottlenecks", "flows_started"), ("tokens", "tokens_offered"),
    ("token-sites", "tokens_offered"), ("samples", "inference_requests"),
    ("requests", "requests"), ("jobs", "jobs_submitted"), ("clusters", "jobs_submitted"),
    ("energy", "energy_facility"), ("services", "link_availability"),
    ("events", "fibre_faults"),
  ]

  func missing() -> Section? {
    let lacking = Self.tables.filter { entry in
      guard let value = metric(entry.metric)?.value else { return false }
      return value != 0 && !folder.has(entry.table)
        && !(entry.table == "clusters" && folder.has("pools"))
    }.map(\.table)
    guard !lacking.isEmpty else { return nil }
    var lines = lacking.map { words["missing." + $0] }
    let line = "outputs: [" + (folder.outputs + lacking).joined(separator: ", ") + "]"
    let isSampled = folder.scenario["sample_every"]?.string != nil
    let needsSamples = lacking.contains { ["links", "clusters"].contains($0) } && !isSampled
    lines = lines.filter { !$0.isEmpty }
    var parts: [Part] = [.text(words["missing.about"]), .list(lines)]
    parts.append(
      .text(words.filled("missing.line", line + (needsSamples ? "  sample_every: 15 min" : ""))))
    return Section(id: "missing", title: words["missing"], parts: parts)
  }
}
