// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

extension BuildPlan {
  /// Something that is to hold.
  package enum Level: Equatable, Sendable {
    /// The most of the traffic of a class, or of all, that is not carried in any hour.
    case loss(Double, ofClass: String?)
    /// The most of the tokens that no site serves in any hour.
    case refused(Double)
    /// The most seconds that the network takes.
    case latency(Double, Part)
    /// The most seconds from the arrival of something to its end: the mean, or a quantile.
    case completion(Double, Part, at: String)
    /// The most of what has a deadline that misses it.
    case deadlines(Double, Part)
    /// The most of the requests for lightpaths that are refused.
    case blocking(Double, source: String?)
    /// The least part of the time in which there is a way.
    case availability(Double, Part)
    /// A metric of the run.
    case metric(String, atMost: Double?, atLeast: Double?)
  }

  /// What of a scenario a level is about.
  package enum Part: Equatable, Sendable {
    case all, flows, jobs
    case ofClass(String)
    case service(String)

    var words: String {
      switch self {
      case .all: ""
      case .flows: " of flows"
      case .jobs: " of jobs"
      case .ofClass(let name), .service(let name): " of \(name)"
      }
    }
  }
}

extension BuildPlan.Level {
  /// Whether a value is as it is to be.
  package func allows(_ value: Double) -> Bool { excess(of: value) <= 0 }

  /// By how much a value is beyond what it may be, as a part of that where there is any.
  func excess(of value: Double) -> Double {
    switch self {
    case .loss(let most, _), .refused(let most), .deadlines(let most, _), .blocking(let most, _):
      value <= most + 1e-9 ? 0 : value - most
    case .latency(let most, _), .completion(let most, _, _):
      value <= most * (1 + 1e-9) ? 0 : value / most - 1
    case .availability(let least, _): value >= least - 1e-12 ? 0 : least - value
    case .metric(_, let most, let least):
      value <= most ?? .infinity && value >= least ?? -.infinity ? 0 : 1
    }
  }

  /// A value of it as people read it.
  func shown(_ value: Double) -> String {
    switch self {
    case .loss, .refused, .deadlines, .blocking, .availability: Cents.percent(value)
    case .latency, .completion: formatted(seconds: value)
    case .metric: "\(value)"
    }
  }

  /// Whether routes decide it and nothing that is built along them.
  var isOfRoutes: Bool {
    switch self {
    case .availability: true
    case .latency(_, let part): part.isOfTraffic
    case .loss, .refused, .completion, .deadlines, .blocking, .metric: false
    }
  }

  /// Whether more accelerators may make it hold.
  var isOfPools: Bool {
    switch self {
    case .completion(_, let part, _), .deadlines(_, let part):
      if case .ofClass = part { false } else { part != .flows }
    case .metric: true
    case .loss, .refused, .latency, .blocking, .availability: false
    }
  }

  /// In words.
  package var text: String {
    switch self {
    case .loss(let most, let name):
      "loss\(name.map { " of \($0)" } ?? "") <= \(Cents.percent(most))"
    case .refused(let most): "refused <= \(Cents.percent(most))"
    case .latency(let most, let part): "latency\(part.words) <= \(formatted(seconds: most))"
    case .completion(let most, let part, let spot):
      "completion\(part.words), \(spot) <= \(formatted(seconds: most))"
    case .deadlines(let most, let part): "deadlines\(part.words) missed <= \(Cents.percent(most))"
    case .blocking(let most, let name):
      "blocking\(name.map { " of \($0)" } ?? "") <= \(Cents.percent(most))"
    case .availability(let least, let part): "availability\(part.words) >= \(Cents.percent(least))"
    case .metric(let name, let most, let least):
      most.map { "\(name) <= \($0)" } ?? "\(name) >= \(least ?? 0)"
    }
  }
}

extension BuildPlan.Part {
  /// Traffic of the network as such, and not what a service makes of it.
  var isOfTraffic: Bool { if case .service = self { false } else { true } }
}

/// Parts as people read them.
package enum Cents {
  package static func percent(_ part: Double) -> String {
    let digits = (part * 1e7).rounded() / 1e5
    return (digits == digits.rounded() ? "\(Int(digits))" : "\(digits)") + " %"
  }
}
