// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What a service promises of each request; nil where it promises nothing.
public struct ServicePromise: Equatable, Sendable {
  public var firstToken: SimDuration?
  public var betweenTokens: SimDuration?

  public init(firstToken: SimDuration? = nil, betweenTokens: SimDuration? = nil) {
    self.firstToken = firstToken
    self.betweenTokens = betweenTokens
  }

  public var isEmpty: Bool { firstToken == nil && betweenTokens == nil }

  /// Whether it is kept.
  public func holds(firstToken: SimDuration, betweenTokens: SimDuration) -> Bool {
    firstToken <= (self.firstToken ?? .longest) && betweenTokens <= (self.betweenTokens ?? .longest)
  }
}

extension SimDuration {
  fileprivate static let longest = SimDuration(nanoseconds: .max)
}
