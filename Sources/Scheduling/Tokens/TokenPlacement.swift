// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import Traffic

/// Says which site serves what is asked for.
///
/// It is asked in the run: as each step of the day begins, and when a route is lost, comes back or
/// gets another delay. What it answers depends on the question alone, so that a run can be repeated.
package protocol TokenPlacement: Sendable {
  func answer(to question: TokenQuestion) -> TokenAnswer
}

/// What a policy may know when requests for tokens are to be placed.
package struct TokenQuestion: Equatable, Sendable {
  package var instant: SimTime
  /// The step of the day that the instant is in.
  package var step: Int
  package var services: [TokenService]
  package var sites: [TokenSite]
  /// Tokens a second, in and out together, by source and service.
  package var asked: [[Double]]
  /// By source and site: the delay of the network there and back as links stand; nil where no
  /// route leads there.
  package var delays: [[SimDuration?]]
  /// By site; none where nobody says what power costs.
  package var power: [TokenPower]
  /// What chance of a policy follows from, beside the instant.
  package var seed: UInt64

  package init(
    instant: SimTime, step: Int, services: [TokenService], sites: [TokenSite],
    asked: [[Double]], delays: [[SimDuration?]], power: [TokenPower] = [], seed: UInt64 = 1
  ) {
    self.instant = instant
    self.step = step
    self.services = services
    self.sites = sites
    self.asked = asked
    self.delays = delays
    self.power = power
    self.seed = seed
  }

  /// The part of each site's time that all takes which a source asks for, by source and site.
  package var needs: [[Double]] {
    asked.map { tokens in
      var rate = TokenCount()
      for (service, tokens) in zip(services, tokens) { rate += service.parts(of: tokens) }
      return sites.map { $0.use(by: rate) }
    }
  }

  /// The part of its time that each site is busy by an answer; 0 where it has no limit.
  package func uses(by answer: TokenAnswer) -> [Double] {
    var loads = sites.map { _ in TokenCount() }
    for (tokens, parts) in zip(asked, answer.parts) {
      for (service, parts) in parts.enumerated() {
        for site in loads.indices where parts[site] > 0 {
          loads[site] += services[service].parts(of: tokens[service] * parts[site])
        }
      }
    }
    return zip(sites, loads).map { $0.use(by: $1) }
  }
}

/// What a kilowatt-hour of machines comes to at a site, cooling and all, as a mean over a step.
package struct TokenPower: Equatable, Sendable {
  package var yuan: Double
  package var carbon_kg: Double

  package init(yuan: Double, carbon_kg: Double) {
    self.yuan = yuan
    self.carbon_kg = carbon_kg
  }
}

/// Where what is asked for goes.
package struct TokenAnswer: Equatable, Sendable {
  /// By source, service and site: the part of what is asked for that goes there.
  package var parts: [[[Double]]]
  /// By source and service: the part that goes nowhere.
  package var refused: [[Double]]

  package init(parts: [[[Double]]], refused: [[Double]]) {
    self.parts = parts
    self.refused = refused
  }
}

extension TokenServing {
  package var policy: any TokenPlacement {
    switch self {
    case .nearest: NearestSite()
    case .spread: SpreadOverSites()
    case .leastLoaded: PlacedAsJobs(rule: .leastLoaded)
    case .cheapest: PlacedAsJobs(rule: .cheapest)
    case .greenest: PlacedAsJobs(rule: .greenest)
    case .cheapestWithinLatency: PlacedAsJobs(rule: .cheapestWithinLatency)
    case .joint: PlacedAsJobs(rule: .joint)
    case .roundRobin: PlacedAsJobs(rule: .roundRobin)
    case .random: PlacedAsJobs(rule: .random)
    case .powerOfTwoChoices: PlacedAsJobs(rule: .powerOfTwoChoices)
    case .eastDataWestComputing: PlacedAsJobs(rule: .eastDataWestComputing)
    }
  }
}
