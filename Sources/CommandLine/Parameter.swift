// SPDX-License-Identifier: GPL-3.0-or-later

/// One argument, option or flag of a command, bound to the property that it fills.
public struct Parameter<Target> {
  var declaration: Declaration
  /// Stores a word, and returns false where it is no value of the property's type.
  ///
  /// The first value of a repeating parameter replaces the default, later ones join it.
  let store: (_ target: inout Target, _ word: String, _ isFirst: Bool) -> Bool
  let defaultText: (Target) -> String?

  /// Names the value in help and messages, and says how a shell completes it.
  public func taking(_ valueName: String, _ completion: Completion = .none) -> Self {
    var copy = self
    copy.declaration.valueName = valueName
    if completion != .none { copy.declaration.completion = completion }
    return copy
  }
}

// MARK: - Arguments, found by their place

extension Parameter {
  /// Declares an argument that must be given.
  public static func argument<Value: ArgumentValue>(
    _ name: String, _ path: WritableKeyPath<Target, Value>, _ help: String
  ) -> Self {
    Self(.argument, name, help, path)
  }

  /// Declares an argument that is nil where it is not given.
  public static func optionalArgument<Value: ArgumentValue>(
    _ name: String, _ path: WritableKeyPath<Target, Value?>, _ help: String
  ) -> Self {
    Self(.optionalArgument, name, help, optional: path)
  }

  /// Declares the last argument, which takes all the words that are left.
  public static func arguments<Value: ArgumentValue>(
    _ name: String, _ path: WritableKeyPath<Target, [Value]>, atLeast minimum: Int = 0,
    _ help: String
  ) -> Self {
    Self(.arguments(minimum: minimum), name, help, list: path)
  }
}

// MARK: - Options and flags, found by their name

extension Parameter {
  /// Declares an option that keeps the property's default where it is not given.
  public static func option<Value: ArgumentValue>(
    _ name: String, _ path: WritableKeyPath<Target, Value>, _ help: String
  ) -> Self {
    Self(.option, name, help, path)
  }

  /// Declares an option that is nil where it is not given.
  public static func option<Value: ArgumentValue>(
    _ name: String, _ path: WritableKeyPath<Target, Value?>, _ help: String
  ) -> Self {
    Self(.option, name, help, optional: path)
  }

  /// Declares an option that may be given more than once.
  public static func options<Value: ArgumentValue>(
    _ name: String, _ path: WritableKeyPath<Target, [Value]>, _ help: String
  ) -> Self {
    Self(.options, name, help, list: path)
  }

  /// Declares an option without a value, which turns its property on.
  public static func flag(
    _ name: String, _ path: WritableKeyPath<Target, Bool>, _ help: String
  ) -> Self {
    Self(
      declaration: Declaration(kind: .flag, name: name, help: help, valueName: ""),
      store: { target, _, _ in
        target[keyPath: path] = true
        return true
      }, defaultText: { _ in nil })
  }
}

// MARK: - Where a value goes

extension Parameter {
  private typealias Kind = Declaration.Kind

  private init<Value: ArgumentValue>(
    _ kind: Kind, _ name: String, _ help: String, _ path: WritableKeyPath<Target, Value>
  ) {
    declaration = Declaration(kind, name, help, Value.self)
    store = { target, word, _ in
      guard let value = Value(argument: word) else { return false }
      target[keyPath: path] = value
      return true
    }
    defaultText = { kind == .argument ? nil : $0[keyPath: path].argumentText }
  }

  private init<Value: ArgumentValue>(
    _ kind: Kind, _ name: String, _ help: String,
    optional path: WritableKeyPath<Target, Value?>
  ) {
    declaration = Declaration(kind, name, help, Value.self)
    store = { target, word, _ in
      guard let value = Value(argument: word) else { return false }
      target[keyPath: path] = value
      return true
    }
    defaultText = { $0[keyPath: path]?.argumentText }
  }

  private init<Value: ArgumentValue>(
    _ kind: Kind, _ name: String, _ help: String, list path: WritableKeyPath<Target, [Value]>
  ) {
    declaration = Declaration(kind, name, help, Value.self)
    store = { target, word, isFirst in
      guard let value = Value(argument: word) else { return false }
      if isFirst { target[keyPath: path] = [] }
      target[keyPath: path].append(value)
      return true
    }
    defaultText = { $0[keyPath: path].map(\.argumentText).joined(separator: ", ") }
  }
}
