// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Light
internal import NetworkModel

/// What came of the light of a run.
public struct LightOutcome: Sendable {
  public var requests: [RequestOutcome] = []
  public var services: [ServiceOutcome] = []
  public var fibres: [FibreUse] = []
  public var protection = ProtectionCost()
}

/// How the requests of one source fared.
public struct RequestOutcome: Sendable {
  public var source: String
  public var offered: Int
  /// Those for which light was lit, and those that rode on what was there.
  public var lit: Int
  public var groomed: Int
  public var blocked: Int
  /// The blocked part of those that count, and half of its interval of 95 %.
  public var blocking: Double
  public var blockingHalfWidth: Double?
  /// Why most of the blocked ones were.
  public var reason: String?
}

/// How available a link made of light was, and its lightpaths one by one.
public struct ServiceOutcome: Sendable {
  public var link: String
  public var protection: String
  public var availability: Double
  public var outages: Int
  public var longestOutage: SimDuration
  public var lightpathAvailability: Double
  public var lightpathOutages: Int
}

/// How full a fibre was at its fullest.
public struct FibreUse: Sendable {
  public var fibre: String
  public var mostSlots: Int
  public var slots: Int
}

extension Lighting {
  /// The name of each source of requests: that of a generator, or its place in the file.
  var requestSourceNames: [String] {
    model.light.requests.enumerated().map { index, source in
      source.prefix.isEmpty ? "requests-\(index + 1)" : source.prefix
    }
  }

  func lightOutcome() -> LightOutcome {
    LightOutcome(
      requests: requestOutcomes(), services: serviceOutcomes(), fibres: fibreUse(),
      protection: services.protection)
  }

  private func requestOutcomes() -> [RequestOutcome] {
    zip(requestSourceNames, requests.bySource).map { name, statistics in
      RequestOutcome(
        source: name, offered: statistics.offered, lit: statistics.lit,
        groomed: statistics.accepted - statistics.lit, blocked: statistics.blocked,
        blocking: statistics.blockingMean, blockingHalfWidth: statistics.blockingHalfWidth,
        reason: statistics.commonReason?.rawValue)
    }
  }

  private func serviceOutcomes() -> [ServiceOutcome] {
    model.light.links.enumerated().compactMap { index, link in
      let service = services.services[index]
      let lightpaths = services.links[index]
      return lightpaths.circuits == 0
        ? nil
        : ServiceOutcome(
          link: link.name, protection: link.protection.rawValue,
          availability: service.availability, outages: service.outages,
          longestOutage: service.longest, lightpathAvailability: lightpaths.availability,
          lightpathOutages: lightpaths.outages)
    }
  }

  private func fibreUse() -> [FibreUse] {
    model.light.plant.fibres.enumerated().map { index, fibre in
      FibreUse(
        fibre: fibre.name, mostSlots: light.mostSlotsUsed(on: FibreID(index: index)),
        slots: model.light.grid.count)
    }
  }
}
