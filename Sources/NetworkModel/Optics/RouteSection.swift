// SPDX-License-Identifier: GPL-3.0-or-later

/// A fibre of a route, from one site to the next.
public struct RouteSection: Hashable, Sendable {
  public var length: Kilometres
  public var line: LineDesign

  /// - Precondition: the length is above zero and the line is valid.
  public init(length: Kilometres, line: LineDesign = .standard) {
    precondition(length.value > 0 && length.value.isFinite, "a section of a route has a length")
    self.length = length
    self.line = line
  }

  /// The equal spans that it is cut into, none longer than the longest span.
  public var spanCount: Int {
    // A length that is whole spans but for rounding takes no span more.
    max(1, Int((length.value / line.longestSpan.value - 1e-9).rounded(.up)))
  }

  public var spanLength: Kilometres { Kilometres(length.value / Double(spanCount)) }
}

extension Fibre {
  /// The fibre as a section of a route.
  public var section: RouteSection { RouteSection(length: length, line: line) }
}
