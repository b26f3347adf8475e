// SPDX-License-Identifier: GPL-3.0-or-later
public import Statistics

/// Which way a metric gets better, and what it is taken over.
public struct MetricMeaning: Equatable, Sendable {
  /// Nil where more of it is neither better nor worse by itself: what is offered, how much is used.
  public var better: PairedComparison.Goal?
  /// The metrics that count what a mean, a share or a part is of.
  ///
  /// Where these differ, two values are of different things: a mean completion time over the flows
  /// that finished is no better for the slow ones that did not.
  public var over: [String]

  /// The meaning of a metric of `summary.csv`.
  ///
  /// What stands before the last slash names a part, such as a class, and makes no difference.
  public init(of metric: String) {
    let (word, isOfPart) = Self.word(of: metric)
    let row = Self.table.first { $0.fits(word, isOfPart: isOfPart) }
    better = row?.better
    over = row?.over ?? []
  }

  /// Whether it is the word of a metric that some scenario has.
  ///
  /// Of words that have no direction, and so no line, those are not known that few would ask for.
  static func isKnown(_ metric: String) -> Bool {
    let (word, isOfPart) = word(of: metric)
    return table.contains { row in
      guard row.fits(word, isOfPart: isOfPart) else { return false }
      return !row.isBeginning || spreads.contains(String(word.dropFirst(row.pattern.utf8.count)))
    } || neutral.contains(String(word))
  }

  /// What stands behind the last slash, and whether it is of a part such as a class.
  private static func word(of metric: String) -> (word: Substring, isOfPart: Bool) {
    let word = metric.split(separator: "/").last ?? ""
    return (word, word.utf8.count < metric.utf8.count)
  }

  /// What `fct_*` stands for.
  private static let spreads = ["mean", "p50", "p95", "p99", "p999", "max"]

  static let neutral: Set = [
    "flows_started", "bytes_started", "flows_in_progress_mean", "flows_moved", "far_from_steady",
    "link_utilisation_mean", "link_utilisation_max", "events", "simulated", "requests",
    "load_erlang", "lightpaths_lit", "lightpaths_at_end", "regenerators", "lightpaths_switched",
    "spectrum_used_mean", "spectrum_used_max", "spectrum_peak", "demand_bytes_offered",
    "tokens_offered", "token_nodes_used", "token_nodes_used_share", "inference_requests",
    "inference_use", "inference_replicas", "jobs_submitted", "placements", "pool_utilisation",
    "energy_it", "power_peak", "jobs", "elastic_flows", "transfers",
  ]

  /// A line of the table.
  struct Row: Sendable {
    let pattern: Substring
    let isBeginning: Bool
    let isOfPart: Bool
    let better: PairedComparison.Goal?
    let over: [String]

    /// `fct_*` stands for all that begin so, `*/bytes` for a word that only parts have.
    fileprivate init(_ pattern: String, _ better: PairedComparison.Goal?, over: String...) {
      isOfPart = pattern.hasPrefix("*/")
      isBeginning = pattern.hasSuffix("*")
      let word = pattern.dropFirst(isOfPart ? 2 : 0)
      self.pattern = isBeginning ? word.dropLast() : word
      self.better = better
      self.over = over
    }

    fileprivate func fits(_ word: Substring, isOfPart: Bool) -> Bool {
      if self.isOfPart, !isOfPart { return false }
      return isBeginning ? word.hasPrefix(pattern) : word == pattern
    }
  }

  /// All metrics that mean better or worse, or are taken over something; the first that fits counts.
  ///
  /// Left out, and so without a direction, is what a scenario offers or asks for, what is used or
  /// switched, counts by reason or by group whose members change with the policy, and half-widths.
  static let table: [Row] =
    flows + transfers + demands + tokens + inference + training + computing + traces + elastic
    + light

  private static let flows = [
    Row("flows_finished", .higher, over: "flows_started"),
    Row("flows_unfinished", .lower, over: "flows_started"),
    Row("flows_broken", .lower, over: "flows_started"),
    Row("flows_stranded", .lower, over: "flows_started"),
    Row("bytes_delivered", .higher, over: "bytes_started"),
    Row("bytes_left", .lower, over: "bytes_started"),
    Row("bytes_broken", .lower, over: "bytes_started"),
    Row("bytes_sent_again", .lower, over: "bytes_delivered"),
    Row("fct_*", .lower, over: "flows_finished"),
    Row("slowdown_*", .lower, over: "flows_finished"),
    Row("deadlines_met", .higher),
    Row("deadlines_missed", .lower),
    // Of those that finished late alone.
    Row("lateness_*", .lower, over: "deadlines_missed"),
    Row("link_time_above_90_max", .lower),
  ]

  private static let transfers = [
    Row("transfers_arrived", .higher, over: "transfers"),
    Row("reservations_accepted", .higher, over: "transfers"),
    Row("reservations_refused", .lower, over: "transfers"),
    Row("reservations_broken", .lower, over: "reservations_accepted"),
    // How many there are of a group follows from what was accepted.
    Row("transfer_deadlines_met_accepted", nil, over: "reservations_accepted"),
    Row("transfer_deadlines_missed_accepted", nil, over: "reservations_accepted"),
  ]

  private static let demands = [
    Row("demand_bytes_delivered", .higher, over: "demand_bytes_offered"),
    Row("demand_bytes_lost", .lower, over: "demand_bytes_offered"),
    Row("demand_loss", .lower, over: "demand_bytes_offered"),
  ]

  private static let tokens = [
    Row("tokens_served", .higher, over: "tokens_offered"),
    Row("tokens_refused", .lower, over: "tokens_offered"),
    Row("tokens_lost", .lower, over: "tokens_offered"),
    Row("tokens_served_share", .higher, over: "tokens_offered"),
    Row("tokens_delay_mean", .lower, over: "tokens_served"),
    Row("tokens_ttft_*", .lower, over: "tokens_served"),
    Row("tokens_tbt_*", .lower, over: "tokens_served"),
    Row("tokens_slo_share", .higher, over: "tokens_offered"),
    Row("sampled_requests_lost", .lower, over: "sampled_requests"),
    Row("sampled_served_share", .higher, over: "tokens_offered"),
    Row("sampled_delay_*", .lower, over: "sampled_requests", "sampled_served_share"),
  ]

  private static let inference = [
    Row("inference_served", .higher, over: "inference_requests"),
    Row("inference_refused", .lower, over: "inference_requests"),
    Row("inference_unfinished", .lower, over: "inference_requests"),
    // Over all that were served: of those that were refused nobody knows what they would have waited.
    Row("inference_queue_*", .lower, over: "inference_served"),
    Row("inference_ttft_*", .lower, over: "inference_served"),
    Row("inference_tbt_*", .lower, over: "inference_served"),
    Row("inference_response_*", .lower, over: "inference_served"),
    Row("inference_slo_share", .higher, over: "inference_requests"),
    Row("inference_goodput", .higher, over: "inference_requests"),
    Row("inference_energy", .lower, over: "inference_served"),
    Row("inference_energy_cost", .lower, over: "inference_served"),
  ]

  private static let training = [
    Row("jobs_finished", .higher, over: "jobs"),
    Row("waiting_for_data", .lower),
    Row("iterations", .higher),
    Row("iteration_mean", .lower, over: "iterations"),
    Row("exposed_communication_mean", .lower, over: "iterations"),
    Row("bus_bandwidth", .higher, over: "iterations"),
    Row("model_flops_utilisation", .higher, over: "iterations"),
    Row("uplink_balance", .higher),
    Row("mean_transfer", .higher),
    Row("slowest_transfer", .higher),
    Row("efficiency_vs_one_site", .higher),
  ]

  private static let computing = [
    Row("jobs_completed", .higher, over: "jobs_submitted"),
    Row("jobs_unfinished", .lower, over: "jobs_submitted"),
    Row("jobs_refused", .lower, over: "jobs_submitted"),
    Row("jobs_out_of_time", .lower, over: "jobs_submitted"),
    Row("jobs_lost", .lower, over: "jobs_submitted"),
    Row("jobs_restarted", .lower, over: "jobs_submitted"),
    Row("work_lost", .lower, over: "jobs_submitted"),
    Row("jobs_booked", .higher, over: "jobs_submitted"),
    Row("bookings_broken", .lower, over: "jobs_booked"),
    Row("jobs_moved", .lower, over: "jobs_submitted"),
    Row("jobs_paused", .lower, over: "jobs_submitted"),
    Row("jobs_preempted", .lower, over: "jobs_submitted"),
    // Over all that started, or ended: those that did not had the longest to wait.
    Row("job_wait_*", .lower, over: "jobs_submitted", "jobs_completed"),
    Row("job_response_*", .lower, over: "jobs_submitted", "jobs_completed"),
    Row("job_slowdown_*", .lower, over: "jobs_submitted", "jobs_completed"),
    Row("job_deadlines_met", .higher),
    Row("job_deadlines_missed", .lower),
    Row("job_lateness_*", .lower, over: "job_deadlines_missed"),
    Row("job_fairness", .higher),
    Row("makespan", .lower, over: "jobs_completed"),
    Row("tenants_paid", .lower, over: "jobs_completed"),
    Row("placements_stale", .lower, over: "placements"),
    Row("pue", .lower, over: "energy_it"),
    // Of the same work; another mix of finished jobs takes another energy.
    Row("energy_facility", .lower, over: "jobs_completed"),
    Row("energy_cost", .lower, over: "jobs_completed"),
    Row("demand_cost", .lower, over: "jobs_completed"),
    Row("carbon", .lower, over: "jobs_completed"),
  ]

  private static let traces = [
    Row("*/rows_finished", .higher, over: "rows"),
    Row("*/answered", .higher),
    Row("response_*", .lower, over: "rows_finished", "answered"),
  ]

  private static let elastic = [
    Row("elastic_accepted", .higher, over: "elastic_flows"),
    Row("elastic_refused", .lower, over: "elastic_flows"),
    Row("elastic_floors_broken", .lower, over: "elastic_flows"),
    Row("elastic_deadlines_met", .higher, over: "elastic_flows"),
    Row("elastic_deadlines_missed", .lower, over: "elastic_flows"),
    Row("*/accepted", .higher),
    Row("*/refused", .lower),
    Row("*/finished", .higher),
    Row("*/bytes", .higher),
    Row("*/floors_broken", .lower),
    Row("*/income", .higher),
  ]

  private static let light = [
    Row("requests_accepted", .higher, over: "requests"),
    Row("requests_blocked", .lower, over: "requests"),
    Row("requests_refused", .lower, over: "requests"),
    Row("blocking", .lower, over: "requests"),
    Row("blocking_of_rate", .lower, over: "requests"),
    Row("request_availability", .higher, over: "requests_accepted"),
    Row("lightpaths_lost", .lower, over: "lightpaths_lit"),
    Row("link_availability", .higher),
    Row("link_outages", .lower),
    Row("lightpath_availability", .higher),
  ]
}
