// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Statistics

/// Draws the tokens of single requests of a service: whole ones, 1 at least.
public struct TokenSizes: Sendable {
  private let input: Sampler
  private let output: Sampler

  public init(_ service: TokenService) {
    input = Self.sampler(service.inputTokens, service.inputVariation)
    output = Self.sampler(service.outputTokens, service.outputVariation)
  }

  public func next(using stream: inout RandomStream) -> (input: Double, output: Double) {
    (
      max(1, input.next(using: &stream).rounded()), max(1, output.next(using: &stream).rounded())
    )
  }

  private static func sampler(_ mean: Double, _ variation: Double) -> Sampler {
    Sampler(variation > 0 ? .lognormal(mean: mean, variation: variation) : .fixed(mean))
  }
}
