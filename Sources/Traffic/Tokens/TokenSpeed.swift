// SPDX-License-Identifier: GPL-3.0-or-later

/// How fast machines serve tokens: so many they take in a second, or so many they give out.
///
/// The two are alternatives and no sum. Who takes in as many as can be gives nothing out
/// meanwhile, so that it is time that tokens use up:
///
///     time = tokens in / input + tokens out / output
public struct TokenSpeed: Equatable, Sendable {
  /// Tokens a second that are taken in while none is given out.
  public var input: Double
  /// Tokens a second that are given out while none is taken in.
  public var output: Double

  public init(input: Double, output: Double) {
    self.input = input
    self.output = output
  }

  /// A node of eight H800 as DeepSeek ran them on 27 and 28 February 2025, by its own note.
  ///
  /// Of what was taken in 56.3 % stood in a cache: the speed holds for services of which as much is
  /// found there. If that costs nothing, the rest is taken in at 32,200 tokens a second.
  public static let node = TokenSpeed(input: 73_700, output: 14_800)

  /// What such a node makes in half precision without sparsity, in EFLOPS: 8 times 989 TFLOPS.
  static let nodeEFLOPS = 8 * 0.989e-3

  /// The speed of so many nodes.
  public static func nodes(_ count: Double) -> TokenSpeed {
    TokenSpeed(input: node.input * count, output: node.output * count)
  }

  /// The speed of so many nodes as make up a capacity in half precision.
  public static func nodes(ofEFLOPS capacity: Double) -> TokenSpeed {
    nodes(capacity / nodeEFLOPS)
  }

  /// What a part of the machines serve, or several times as many.
  public static func * (speed: TokenSpeed, factor: Double) -> TokenSpeed {
    TokenSpeed(input: speed.input * factor, output: speed.output * factor)
  }

  /// For how long the machines are busy with some tokens, or which part of the time with a rate.
  public func time(for tokens: TokenCount) -> Double {
    tokens.input / input + tokens.output / output
  }
}

/// Tokens, or tokens a second, by which way they go.
public struct TokenCount: Equatable, Sendable {
  public var input: Double
  public var output: Double

  public init(input: Double = 0, output: Double = 0) {
    self.input = input
    self.output = output
  }

  public var total: Double { input + output }

  /// What a node takes for them, in node-seconds; of a rate, in nodes.
  public var nodeSeconds: Double { TokenSpeed.node.time(for: self) }

  public static func += (sum: inout TokenCount, other: TokenCount) {
    sum.input += other.input
    sum.output += other.output
  }

  public static func * (tokens: TokenCount, factor: Double) -> TokenCount {
    TokenCount(input: tokens.input * factor, output: tokens.output * factor)
  }
}
