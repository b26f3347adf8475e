// SPDX-License-Identifier: GPL-3.0-or-later

/// One column of a table that a run writes.
public struct Column: Equatable, Sendable {
  /// What a column holds, named as in a Frictionless Table Schema.
  public enum Kind: String, CaseIterable, Sendable {
    case string
    case integer
    case number
    case boolean
  }

  public var name: String
  public var kind: Kind
  /// The unit of its values, in SI where there is one; nil for names and plain counts.
  public var unit: String?
  /// Its meaning, in one sentence.
  public var about: String

  public init(_ name: String, _ kind: Kind, unit: String? = nil, about: String) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.about = about
  }
}
