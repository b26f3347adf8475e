// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Statistics

/// Draws from the normal distribution of mean 0 and deviation 1.
struct NormalDraws {
  private var stream: RandomStream

  init(seed: UInt64) {
    stream = RandomStream(seed: seed, name: "normal")
  }

  mutating func next() -> Double {
    StandardNormal.upperQuantile(stream.nextUniformPositive() - 0x1p-54)
  }
}
