// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// Finds fibres over which no transceiver closes, and how many places that make light anew they need.
///
/// A scenario that is imported leaves grid, line, transceivers and margin to their defaults, so
/// these are what counts: 75 GHz, spans of 80 km, the built-in modes, 2 dB.
struct Regeneration {
  private let transmission = Transmission(grid: ChannelGrid(preset: .extendedC))
  private let modes = TransceiverMode.builtIn()
  private static let margin_dB = 2.0
  /// The most parts that a fibre is cut into.
  static let mostParts = 1000
  /// The length that a mode reaches at the most, without which no number of parts is tried.
  private let longest_km: Double

  init() {
    let reaches = modes.filter { $0.slot_GHz <= 75 }.map { [transmission] mode in
      transmission.reach(of: mode, line: .standard, margin_dB: Self.margin_dB).length.value
    }
    longest_km = reaches.max() ?? 0
  }

  /// The fewest equal parts of a fibre over each of which something closes; nil beyond the most.
  func parts(of length: Kilometres) -> Int? {
    guard length.value / longest_km < Double(Self.mostParts) else { return nil }
    // Spans are equal too, so that what is a little shorter need not reach the end of a step.
    let first = max(1, Int(length.value / longest_km))
    return (first...Self.mostParts).first { closes(over: Self.part(of: length, count: $0)) }
  }

  /// One of so many equal parts, as long as it stands in the file.
  static func part(of length: Kilometres, count: Int) -> Kilometres {
    Kilometres((length.value / Double(count) * 10).rounded() / 10)
  }

  private func closes(over length: Kilometres) -> Bool {
    let route = [RouteSection(length: length)]
    return transmission.fastestMode(over: route, among: modes, margin_dB: Self.margin_dB) != nil
  }
}
