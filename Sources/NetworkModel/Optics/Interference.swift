// SPDX-License-Identifier: GPL-3.0-or-later

/// What the lit channels of a span turn of one channel's power to noise.
///
/// The part is the sum over all channels of coupling times (density)2. Densities grow from span to
/// span, as the noise of amplifiers joins every channel alike; so three sums tell the part for any
/// noise that was added.
struct Interference {
  private var squares = 0.0
  private var products = 0.0
  private var couplings = 0.0

  /// Adds a channel of that power density at launch.
  mutating func add(coupling: Double, density_W_Hz: Double) {
    squares += coupling * density_W_Hz * density_W_Hz
    products += coupling * density_W_Hz
    couplings += coupling
  }

  /// The part that is turned to noise once amplifiers have added noise to every channel.
  func part(addedDensity_W_Hz added: Double) -> Double {
    // The model holds for small parts; that none is above all is what keeps powers positive.
    min(1, squares + added * (2 * products + added * couplings))
  }
}

/// Every channel of a grid, lit at one symbol rate.
struct FullLoad {
  let grid: FixedGrid
  let symbolRate_GBd: Double
  /// Of each channel, the sum of its couplings with all of them.
  let couplings: [Double]

  init(span: FibreSpan, grid: FixedGrid, symbolRate_GBd: Double) {
    self.grid = grid
    self.symbolRate_GBd = symbolRate_GBd
    couplings = Self.couplings(of: span, grid: grid, symbolRate_GBd: symbolRate_GBd)
  }

  func carrier(_ channel: Int) -> Carrier {
    Carrier(centre_THz: grid.centre_THz(of: channel), symbolRate_GBd: symbolRate_GBd)
  }

  func interference(on channel: Int, launch_W: Double) -> Interference {
    var interference = Interference()
    interference.add(
      coupling: couplings[channel], density_W_Hz: launch_W / (symbolRate_GBd * 1e9))
    return interference
  }

  /// Couplings depend on the distance of two channels but for the coefficient of the first, so the
  /// sums come from running totals over distances: n steps, not n2.
  private static func couplings(
    of span: FibreSpan, grid: FixedGrid, symbolRate_GBd: Double
  ) -> [Double] {
    let rate_Hz = symbolRate_GBd * 1e9
    let first = Carrier(centre_THz: grid.first_THz, symbolRate_GBd: symbolRate_GBd)
    let own = span.coupling(of: first, with: rate_Hz, offset_Hz: 0)
    // Of channel 0 with its 1, 2, ... next ones.
    var totals = [0.0]
    for distance in 1..<max(grid.count, 1) {
      let offset_Hz = Double(distance) * grid.spacing_GHz * 1e9
      totals.append(
        totals[distance - 1] + span.coupling(of: first, with: rate_Hz, offset_Hz: offset_Hz))
    }
    return (0..<grid.count).map { channel in
      let carrier = Carrier(
        centre_THz: grid.centre_THz(of: channel), symbolRate_GBd: symbolRate_GBd)
      let scale = span.coupling(of: carrier, with: rate_Hz, offset_Hz: 0) / own
      return scale * (own + totals[channel] + totals[grid.count - 1 - channel])
    }
  }
}
