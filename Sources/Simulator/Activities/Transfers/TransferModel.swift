// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
public import Traffic

/// The transfers of a model, and how they book bandwidth in advance.
public struct TransferModel: Sendable {
  public var sources: [TransferSource]
  /// The part of each link that may be booked at once, from 0 to 1.
  public var share: Double
  /// The routes that are tried, from least delay on.
  public var paths: Int
  /// Whether jobs on pools ask for windows of their data.
  public var servesJobs = false

  public init(sources: [TransferSource] = [], share: Double = 1, paths: Int = 3) {
    self.sources = sources
    self.share = share
    self.paths = paths
  }

  public var isEmpty: Bool { sources.isEmpty && !servesJobs }

  /// Whether any of them asks for a window.
  public var reserves: Bool {
    servesJobs
      || sources.contains { source in
        switch source {
        case .listed(let transfers): transfers.contains { $0.terms.reserves }
        case .generated(let generator): generator.terms.reserves
        }
      }
  }

  /// The same data as flows, for checks that mind nothing but their classes and routes.
  public var asFlows: [TrafficSource] {
    sources.map { source in
      switch source {
      case .listed(let transfers):
        .listed(
          transfers.map {
            ListedFlow(
              name: $0.name, start: $0.start, bytes: $0.bytes, route: $0.route,
              trafficClass: $0.trafficClass, deadline: $0.deadline)
          })
      case .generated(let generator): .generated(generator.generator)
      }
    }
  }
}
