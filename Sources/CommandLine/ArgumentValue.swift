// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// A type that one word of a command line can be read as.
///
/// Types that are `LosslessStringConvertible`, and enums of strings that are `CaseIterable`,
/// conform by saying so: `enum Format: String, CaseIterable, ArgumentValue`.
public protocol ArgumentValue {
  /// What a word must be, as help and messages say it: "number", "path".
  static var valueName: String { get }
  /// A value as it is written, for messages; nil where the name of the value says enough.
  static var example: String? { get }
  /// The words that are allowed, where they can be listed.
  static var choices: [String] { get }
  /// The word that this value is read from.
  var argumentText: String { get }

  init?(argument: String)
}

extension ArgumentValue {
  public static var choices: [String] { [] }
  public static var example: String? { nil }
}

extension ArgumentValue where Self: LosslessStringConvertible {
  public var argumentText: String { description }

  public init?(argument: String) { self.init(argument) }
}

extension ArgumentValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  public static var valueName: String { choices.joined(separator: "|") }
  public static var choices: [String] { allCases.map(\.rawValue) }
  public var argumentText: String { rawValue }

  public init?(argument: String) { self.init(rawValue: argument) }
}

extension String: ArgumentValue {
  public static var valueName: String { "text" }
}

extension Int: ArgumentValue {
  public static var valueName: String { "whole number" }
}

extension UInt64: ArgumentValue {
  public static var valueName: String { "whole number" }
}

extension Double: ArgumentValue {
  public static var valueName: String { "number" }

  public init?(argument: String) {
    guard let value = DecimalText(argument, .loose)?.value() else { return nil }
    self = value
  }
}
