// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import NetworkModel

/// A service that answers requests with tokens: what a request brings and takes, and when.
public struct TokenService: Equatable, Sendable {
  public var name: String
  /// Its part of all tokens, in relation to that of the others.
  public var share: Double
  /// The mean tokens of a request and their standard deviation over mean.
  public var inputTokens: Double
  public var inputVariation: Double
  public var outputTokens: Double
  public var outputVariation: Double
  /// What the network carries for a token to the site and back, and for a request beside them.
  public var inputBytesPerToken: Double
  public var outputBytesPerToken: Double
  public var bytesPerRequest: Double
  /// Factors through the day in equal steps; only their relation counts, their mean is made 1.
  public var daily: [Double]
  /// The delay, one way, within which it is to be served; nil where any will do.
  public var latency: SimDuration?

  public init(
    name: String, share: Double, inputTokens: Double, outputTokens: Double,
    inputVariation: Double = 1, outputVariation: Double = 1,
    inputBytesPerToken: Double = TokenService.bytesOfText,
    outputBytesPerToken: Double = TokenService.bytesOfEvent,
    bytesPerRequest: Double = TokenService.bytesOfHead, daily: [Double] = []
  ) {
    self.name = name
    self.share = share
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.inputVariation = inputVariation
    self.outputVariation = outputVariation
    self.inputBytesPerToken = inputBytesPerToken
    self.outputBytesPerToken = outputBytesPerToken
    self.bytesPerRequest = bytesPerRequest
    self.daily = daily
  }

  /// A token of Chinese text: three bytes a character, 0.6 tokens a character (DeepSeek's figure).
  public static let bytesOfText = 5.0
  /// A token in an event of its own with its envelope, as interfaces stream them: an assumption.
  public static let bytesOfEvent = 250.0
  /// The head of a request: an assumption.
  public static let bytesOfHead = 1000.0

  public var tokensPerRequest: Double { inputTokens + outputTokens }

  /// What a number of tokens of both kinds is made of.
  public func parts(of tokens: Double) -> TokenCount {
    TokenCount(input: inputTokens, output: outputTokens) * (tokens / tokensPerRequest)
  }

  /// What goes to the site for each token of both kinds, in bits.
  public var bitsUpPerToken: Double {
    8 * (inputTokens * inputBytesPerToken + bytesPerRequest) / tokensPerRequest
  }

  /// What comes back for each token of both kinds, in bits.
  public var bitsDownPerToken: Double {
    8 * outputTokens * outputBytesPerToken / tokensPerRequest
  }

  /// The factor of a step of the day, where the day has so many; their mean is 1.
  func factor(ofStep step: Int, of steps: Int) -> Double {
    guard !daily.isEmpty else { return 1 }
    let mean = daily.reduce(0, +) / Double(daily.count)
    return daily[step * daily.count / steps] / mean
  }
}

// MARK: - The table

extension TokenService {
  /// The services that come with the program.
  public static func builtIn() -> [TokenService] {
    EmbeddedTable("services", PackageResources.services_csv).map { TokenService($0) }
  }

  private init(_ row: EmbeddedTable.Row) {
    self.init(
      name: row.text("service"), share: row.number("share"),
      inputTokens: row.number("input_tokens"), outputTokens: row.number("output_tokens"),
      inputVariation: row.number("input_variation"),
      outputVariation: row.number("output_variation"),
      inputBytesPerToken: row.number("input_bytes_per_token"),
      outputBytesPerToken: row.number("output_bytes_per_token"),
      bytesPerRequest: row.number("bytes_per_request"),
      daily: row.text("daily").split(separator: ";").compactMap { Double($0) })
  }
}
