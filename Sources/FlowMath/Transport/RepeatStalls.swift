// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

// Stalls of selective repeat in one message, where RemoteMemory.swift has those of the long run.
//
// The long run has a stall for each 1/q + W packets, with q = p for holes and q = p^2 for repairs
// that are lost. In a message of N packets none comes of the last W, behind which nothing waits.
// Before them the first comes with the first hole and each other W packets and a hole later:
//
//   m = sum over k >= 1 of P(k holes within N - W - (k - 1) W packets)
//
// the times of holes being those of a Poisson process. Many windows on, by the renewal theorem (D.
// Cox, "Renewal theory", 1962, 4.5), with r = 1/(1 + q W),
//
//   m = (N - W) / (1/q + W) + (1 - r)^2 / 2

extension RepeatWindow {
  /// The time by which stalls of a message are less than in the long run, in packets.
  public func stallsSpared(loss: Double, packets: Double) -> Double {
    let p = max(0, min(loss, 1))
    let w = max(1, window)
    let flying = min(max(1, inRoundTrip), w)
    let first = max(0, 2 * flying - w)
    let again = max(0, max(0, timeout) * flying - max(0, w - 2 * flying))
    func spared(_ stall: Double, _ q: Double) -> Double {
      guard stall > 0, q > 0 else { return 0 }
      return stall * (packets * q / (1 + q * w) - stalls(q, in: packets - w))
    }
    return spared(first, p) + spared(again, p * p)
  }

  /// Windows from which on the long run is near.
  private static let manyWindows = 8.0

  /// The stalls that begin within some packets from the first one.
  private func stalls(_ q: Double, in packets: Double) -> Double {
    guard packets > 0 else { return 0 }
    let w = max(1, window)
    guard packets <= RepeatWindow.manyWindows * w else {
      let r = 1 / (1 + q * w)
      return packets * q * r + (1 - r) * (1 - r) / 2
    }
    var sum = 0.0
    var holes = 1
    var left = packets
    while left > 0 {
      sum += RepeatWindow.chance(ofAtLeast: holes, mean: q * left)
      holes += 1
      left -= w
    }
    return sum
  }

  /// The probability of so many events of a Poisson process, or more.
  private static func chance(ofAtLeast count: Int, mean: Double) -> Double {
    var term = 1.0
    // e^-m times the rest of its series, where few are expected: no difference of near equals.
    guard mean > 1e-2 else {
      for number in 1...count { term *= mean / Double(number) }
      return term * (1 - mean * Double(count) / Double(count + 1))
    }
    var fewer = 0.0
    for number in 0..<count {
      fewer += term
      term *= mean / Double(number + 1)
    }
    return max(0, 1 - exp(-mean) * fewer)
  }
}
