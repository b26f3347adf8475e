// SPDX-License-Identifier: GPL-3.0-or-later

/// A fibre of a route, with the channels that are really lit in it beside the one looked at.
///
/// Each fibre of a route may carry others, of any symbol rate and launch power.
public struct LitSection: Hashable, Sendable {
  public var section: RouteSection
  /// The power at which the channel itself enters each span.
  public var launch_dBm: Double
  public var others: [LitChannel]

  public init(_ section: RouteSection, launch_dBm: Double, others: [LitChannel] = []) {
    self.section = section
    self.launch_dBm = launch_dBm
    self.others = others
  }
}

/// A channel that is lit in a fibre.
public struct LitChannel: Hashable, Sendable {
  public var centre_THz: Double
  public var symbolRate_GBd: Double
  /// The power at which it enters each span.
  public var launch_dBm: Double

  public init(centre_THz: Double, symbolRate_GBd: Double, launch_dBm: Double) {
    self.centre_THz = centre_THz
    self.symbolRate_GBd = symbolRate_GBd
    self.launch_dBm = launch_dBm
  }
}

extension QualityTerms {
  /// How a channel arrives over fibres in which just the given others are lit.
  ///
  /// Every channel enters a fibre at its launch power and gathers noise there; none of the others
  /// brings noise along that would make it stronger.
  ///
  /// - Precondition: the route has a fibre, and no other channel lies at the same frequency.
  /// - Complexity: proportional to the spans plus the channels lit in all fibres.
  public init(over route: [LitSection], centre_THz: Double, symbolRate_GBd: Double) {
    precondition(!route.isEmpty, "a route has a fibre")
    let carrier = Carrier(centre_THz: centre_THz, symbolRate_GBd: symbolRate_GBd)
    var total: PowerShares?
    var length = RouteLength()
    for lit in route {
      let shares = lit.shares(of: carrier)
      total?.pass(shares)
      total = total ?? shares
      length.add(lit.section)
    }
    self.init(
      total ?? PowerShares(launch_W: 0), centre_THz: centre_THz, symbolRate_GBd: symbolRate_GBd,
      over: length)
  }
}

extension LitSection {
  fileprivate func shares(of carrier: Carrier) -> PowerShares {
    let span = FibreSpan(section)
    let launch_W = Decibels.watts(dBm: launch_dBm)
    return PowerShares(
      span: span, count: section.spanCount, launch_W: launch_W, carrier: carrier,
      interference: interference(on: carrier, of: span, launch_W: launch_W))
  }

  private func interference(
    on carrier: Carrier, of span: FibreSpan, launch_W: Double
  ) -> Interference {
    var interference = Interference()
    let own = span.coupling(of: carrier, with: carrier.symbolRate_Hz, offset_Hz: 0)
    interference.add(coupling: own, density_W_Hz: launch_W / carrier.symbolRate_Hz)
    for other in others {
      let rate_Hz = other.symbolRate_GBd * 1e9
      let offset_Hz = other.centre_THz * 1e12 - carrier.frequency_Hz
      precondition(offset_Hz != 0, "a channel is not one of the others")
      interference.add(
        coupling: span.coupling(of: carrier, with: rate_Hz, offset_Hz: offset_Hz),
        density_W_Hz: Decibels.watts(dBm: other.launch_dBm) / rate_Hz)
    }
    return interference
  }
}
