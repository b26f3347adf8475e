// SPDX-License-Identifier: GPL-3.0-or-later

/// A fibre with every channel of the grid lit in one mode.
struct FilledFibre {
  let span: FibreSpan
  let spanCount: Int
  let load: FullLoad
  let launch_W: Double

  init(_ section: RouteSection, mode: TransceiverMode, grid: FixedGrid, launch: LaunchPower) {
    span = FibreSpan(section)
    spanCount = section.spanCount
    load = FullLoad(span: span, grid: grid, symbolRate_GBd: mode.symbolRate_GBd)
    launch_W = load.launchPower_W(launch, span: span)
  }

  /// What the fibre does to a channel.
  func shares(of channel: Int) -> PowerShares {
    PowerShares(
      span: span, count: spanCount, launch_W: launch_W, carrier: load.carrier(channel),
      interference: load.interference(on: channel, launch_W: launch_W))
  }

  /// How many spans a channel crosses with that ratio of signal to noise, up to a limit.
  func spans(of channel: Int, above needed: Double, atMost limit: Int) -> Int {
    let carrier = load.carrier(channel)
    let interference = load.interference(on: channel, launch_W: launch_W)
    var shares = PowerShares(launch_W: launch_W)
    for passed in 0..<limit {
      shares.cross(span, after: passed, carrier: carrier, interference: interference)
      if shares.ratio < needed { return passed }
    }
    return limit
  }
}
