// SPDX-License-Identifier: GPL-3.0-or-later

/// What many fibres do to every channel when they are filled with one mode.
struct FilledFibres {
  let grid: FixedGrid
  private(set) var launch_W: [Double] = []
  /// One for each channel of each fibre, the channels of a fibre side by side.
  private var shares: [PowerShares] = []

  /// Nil where the mode does not fit the grid.
  init?(_ sections: [RouteSection], mode: TransceiverMode, transmission: Transmission) {
    guard let grid = transmission.grid.filled(width_GHz: mode.slot_GHz) else { return nil }
    self.grid = grid
    shares.reserveCapacity(sections.count * grid.count)
    for section in sections {
      let fibre = FilledFibre(section, mode: mode, grid: grid, launch: transmission.launch)
      launch_W.append(fibre.launch_W)
      for channel in 0..<grid.count { shares.append(fibre.shares(of: channel)) }
    }
  }

  /// The channel that arrives with the least signal, the first of equals.
  func worstChannel(over route: [FibreID]) -> Int {
    var worst = (channel: 0, signal: Double.infinity)
    for channel in 0..<grid.count {
      var signal = 1.0
      for fibre in route { signal *= shares[position(of: channel, in: fibre)].signal }
      if signal < worst.signal { worst = (channel, signal) }
    }
    return worst.channel
  }

  /// What a route makes of a channel.
  func shares(of channel: Int, over route: [FibreID]) -> PowerShares {
    precondition(!route.isEmpty, "a route has a fibre")
    var total = shares[position(of: channel, in: route[0])]
    for fibre in route.dropFirst() { total.pass(shares[position(of: channel, in: fibre)]) }
    return total
  }

  private func position(of channel: Int, in fibre: FibreID) -> Int {
    Int(fibre.index) * grid.count + channel
  }
}
