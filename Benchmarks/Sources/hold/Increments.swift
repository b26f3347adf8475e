// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc

/// The distributions of the time from a pop to the push that follows it.
enum Increments: String, CaseIterable {
  case exponential, uniform, bimodal, equal

  /// A table of draws with mean 1 ms, so that the benchmark pays for no logarithm.
  func table(seed: UInt64) -> [Int64] {
    var stream = RandomStream(seed: seed, name: "hold/\(rawValue)")
    return (0..<65_536).map { _ in
      Int64((draw(using: &stream) * 1e6).rounded())
    }
  }

  private func draw(using stream: inout RandomStream) -> Double {
    switch self {
    case .exponential: -log(stream.nextUniformPositive())
    case .uniform: 2 * stream.nextUniform()
    // Nine in ten are short, one in ten is a hundred times as long.
    case .bimodal: (stream.nextUniform() < 0.9 ? 0.1835 : 18.35) * stream.nextUniform()
    case .equal: 1
    }
  }
}
