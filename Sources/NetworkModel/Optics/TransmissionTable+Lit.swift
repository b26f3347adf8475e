// SPDX-License-Identifier: GPL-3.0-or-later

extension TransmissionTable {
  /// How a mode looks to the other channels of a fibre when it is lit there.
  ///
  /// Its launch power is the one it has at full load, so that it stays the same whatever is lit
  /// beside it later. Nil where the mode does not fit the grid.
  public func litChannel(mode: Int, on fibre: FibreID, centre_THz: Double) -> LitChannel? {
    launchPower_dBm(on: fibre, mode: mode).map { launch_dBm in
      LitChannel(
        centre_THz: centre_THz, symbolRate_GBd: modes[mode].symbolRate_GBd, launch_dBm: launch_dBm)
    }
  }

  /// How a channel arrives when of each fibre of its route just the given channels are lit.
  ///
  /// The lists are in the order of the route. One of their channels at the very centre is the channel
  /// itself and counts once. Nil where the mode does not fit the grid. Lighting a channel takes from
  /// those that are lit already, so whoever judges one must look at its neighbours again.
  ///
  /// - Precondition: the route has a fibre, and each of its fibres a list.
  /// - Complexity: proportional to the spans plus the channels lit in all fibres.
  public func terms(
    over route: [FibreID], mode: Int, centre_THz: Double, lit: [[LitChannel]]
  ) -> QualityTerms? {
    precondition(route.count == lit.count, "each fibre of a route has a list of lit channels")
    var sections: [LitSection] = []
    sections.reserveCapacity(route.count)
    for (fibre, channels) in zip(route, lit) {
      guard let launch_dBm = launchPower_dBm(on: fibre, mode: mode) else { return nil }
      let others = channels.filter { !$0.lies(at: centre_THz) }
      sections.append(LitSection(section(of: fibre), launch_dBm: launch_dBm, others: others))
    }
    return QualityTerms(
      over: sections, centre_THz: centre_THz, symbolRate_GBd: modes[mode].symbolRate_GBd)
  }
}

extension Transmission {
  /// How a channel arrives when of each section just the given channels are lit.
  ///
  /// For one route by itself, as tests have it; see `TransmissionTable`. The channel itself is launched at the
  /// power it has at full load.
  ///
  /// - Precondition: the route has a section, and each of its sections a list.
  public func terms(
    over route: [RouteSection], mode: TransceiverMode, centre_THz: Double, lit: [[LitChannel]]
  ) -> QualityTerms? {
    let table = TransmissionTable(self, modes: [mode], sections: route)
    return table.terms(
      over: route.indices.map(FibreID.init(index:)), mode: 0, centre_THz: centre_THz, lit: lit)
  }
}

extension LitChannel {
  /// Centres closer than a megahertz are one: they differ by rounding, and no grid is that fine.
  fileprivate func lies(at other_THz: Double) -> Bool { abs(centre_THz - other_THz) < 1e-6 }
}
