// SPDX-License-Identifier: GPL-3.0-or-later

/// Pairs of values with what scipy 1.17.1 says of their differences, x less y; the effect is Hedges' g
/// of the differences, with the factor 1 - 3 / (4 df - 1).
struct PairedTruth: Sendable {
  let x: [Double]
  let y: [Double]
  let mean: Double
  let p: Double
  let low: Double
  let high: Double
  let effect: Double

  static let all = [
    PairedTruth(
      x: [10.2302, 9.7916, 12.0398, 11.9689, 10.9029],
      y: [9.2098, 7.9654, 10.6033, 10.7443, 9.6903],
      mean: 1.34406, p: 0.0006111835836853253, low: 0.9627092500597211, high: 1.7254107499402789,
      effect: 3.5009678909761766),
    PairedTruth(
      x: [9.3818, 11.7764, 8.7674, 9.9663, 9.0172, 8.8721, 10.4811, 12.7483, 10.8533, 9.5055],
      y: [9.1364, 10.964, 8.3515, 9.6679, 9.5627, 8.2715, 9.8897, 11.6435, 9.6599, 8.7924],
      mean: 0.54299, p: 0.0069738774794765816, low: 0.18969479565142072, high: 0.8962852043485793,
      effect: 1.0052146218914642),
  ]
}
