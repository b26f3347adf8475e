// SPDX-License-Identifier: GPL-3.0-or-later

/// A transformer, as far as its training takes time.
public struct Transformer: Equatable, Sendable {
  public var parameters: Double
  public var layers: Int
  public var hidden: Int
  /// Tokens of a sequence.
  public var sequence: Int
  public var precision: Precision
  /// Nil for a dense model, in which every token goes through all parameters.
  public var experts: Experts?

  /// A mixture of experts, in every layer.
  public struct Experts: Equatable, Sendable {
    public var count: Int
    /// The experts that a token goes to.
    public var chosen: Int
    /// The parameters that a token goes through.
    public var activeParameters: Double

    public init(count: Int, chosen: Int, activeParameters: Double) {
      self.count = count
      self.chosen = chosen
      self.activeParameters = activeParameters
    }
  }

  public init(
    parameters: Double, layers: Int, hidden: Int, sequence: Int, precision: Precision = .bf16,
    experts: Experts? = nil
  ) {
    self.parameters = parameters
    self.layers = layers
    self.hidden = hidden
    self.sequence = sequence
    self.precision = precision
    self.experts = experts
  }

  /// Bytes of a number that crosses the network, gradient or activation.
  public static let bytesPerNumber = 2.0

  /// Operations for a token, forward and backward: 6 a parameter, and what attention takes.
  ///
  /// A. Chowdhery et al., "PaLM", arXiv:2204.02311, appendix B; nothing is computed twice.
  public var operationsPerToken: Double {
    6 * (experts?.activeParameters ?? parameters)
      + 12 * Double(layers) * Double(hidden) * Double(sequence)
  }

  /// The parameters that stand in experts, from what a token goes through of them.
  public var expertParameters: Double {
    guard let experts, experts.count > experts.chosen else { return 0 }
    return (parameters - experts.activeParameters)
      / (1 - Double(experts.chosen) / Double(experts.count))
  }

  /// The output of a layer for a sequence.
  public var activationBytes: Double {
    Double(sequence) * Double(hidden) * Self.bytesPerNumber
  }
}
