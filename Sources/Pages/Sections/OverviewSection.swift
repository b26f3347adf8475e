// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

// What comes first, and what comes last: the figures that people ask for, and all metrics.

extension RunContent {
  /// At most a dozen figures, of those that say something of this run.
  private static let chief = [
    "flows_finished", "fct_mean", "fct_p99", "link_utilisation_max_backbone",
    "link_utilisation_max", "link_time_above_90_max", "tokens_served_share", "tokens_delay_mean",
    "inference_served", "inference_slo_share", "inference_ttft_p99", "blocking", "requests_blocked",
    "jobs_completed", "job_wait_mean", "job_wait_p99", "pool_utilisation", "job_deadlines_missed",
    "elastic_refused", "deadlines_missed", "energy_facility", "pue", "energy_cost", "carbon",
    "demand_loss", "link_availability",
  ]

  /// Those that the run has and that say something.
  var chiefNames: [String] {
    Self.chief.filter { metric($0) != nil }.filter { name in
      switch name {
      case "link_utilisation_max": metric("link_utilisation_max_backbone") == nil
      case "flows_finished": metric("flows_started")?.value != 0
      default: true
      }
    }
  }

  func overview() -> Section {
    var parts: [Part] = []
    if let about = folder.scenario["description"]?.string, !about.isEmpty {
      parts.append(.text(about))
    }
    let findings = folder.findings(in: words.language)
    if !findings.isEmpty {
      parts.append(.text(words["findings"], isQuiet: true))
      parts.append(.list(findings))
    }
    if metric("far_from_steady")?.value == 1 { parts.append(.text(words["steady.far"])) }
    if let facts = facts(Array(chiefNames.prefix(16))) { parts.append(facts) }
    return Section(id: "overview", title: words["overview"], parts: parts)
  }

  func allMetrics() -> Section? {
    guard !metrics.isEmpty else { return nil }
    let rows: [JSON] = metrics.map {
      .array([.string($0.name), .number($0.value), .string(Self.unit(of: $0))])
    }
    let part = Part(
      "metrics",
      [
        ("id", "metrics"), ("title", .string(words.filled("metrics.all", "\(rows.count)"))),
        ("rows", .array(rows)),
      ])
    return Section(id: "metrics", title: words["metrics"], parts: [part])
  }

  /// All that the scenario says and assumes, to be unfolded.
  func assumptions() -> Section {
    Section(
      id: "assumptions", title: words["assumptions"],
      parts: [.text(words["assumptions.about"], isQuiet: true), Part("tree", [])])
  }
}
