// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Expects a number of a JSON object to be another, but for rounding.
func expect(
  _ value: Any?, near expected: Double, within part: Double = 1e-8,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let value = try #require(value as? Double, sourceLocation: sourceLocation)
  #expect(abs(value - expected) <= part * abs(expected), sourceLocation: sourceLocation)
}
