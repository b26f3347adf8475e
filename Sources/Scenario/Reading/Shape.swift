// SPDX-License-Identifier: GPL-3.0-or-later
package import YAMLReader

/// The one definition of a section of a scenario file: its keys, what they mean, how they combine.
///
/// The reader, the defaults, the resolved scenario and the JSON Schema all come from it.
package struct Shape<Target: Section>: Sendable {
  /// How the keys of a section go together, beyond each being required or not.
  package enum Rule: Sendable {
    /// One of these is given, and no other of them.
    case exactlyOne([String])
    /// None or one of these is given.
    case atMostOne([String])
    /// The first is given only together with the second.
    case needs(String, String)
  }

  let about: String
  /// The key that a plain value in place of a mapping stands for.
  let shorthand: String?
  let fields: [Field<Target>]
  let rules: [Rule]

  package init(
    _ about: String, shorthand: String? = nil, fields: [Field<Target>], rules: [Rule] = []
  ) {
    self.about = about
    self.shorthand = shorthand
    self.fields = fields
    self.rules = rules
  }
}

/// A part of a scenario file that is a mapping with known keys.
///
/// Its `init()` gives every key its default. Where a required key is missing, or a value can't
/// be read, there is no section at all, so that what `init()` puts in their place is never seen.
package protocol Section: ScenarioValue {
  init()
  static var shape: Shape<Self> { get }
  /// Where it was written, for the checks that come after reading.
  var origin: Origin { get set }
}

/// Where a section was written.
package struct Origin: Sendable {
  package var place: Place
  package var path: Path

  package static let none = Origin(place: .file, path: .root)
}

/// A key of a section, bound to the property that holds its value.
///
/// A class, though nothing of it changes: a file has a hundred thousand sections of one kind, and to go
/// through a row of structures would count the references in each of them, every time.
package final class Field<Target: Sendable>: Sendable {
  let key: String
  let about: String
  let isRequired: Bool
  let schema: @Sendable () -> Node
  /// The value a new target has; nil where it has none.
  let standard: @Sendable () -> Node?
  /// Stores what a node holds; false where it can't be read.
  let read: @Sendable (Node, Path, inout Problems, inout Target) -> Bool
  let write: @Sendable (Target) -> Node?
  /// Tells the value that a default gave where its section stands, for the checks to say so; nil for
  /// one that keeps no place.
  let place: (@Sendable (inout Target, Origin) -> Void)?

  init(
    key: String, about: String, isRequired: Bool, schema: @escaping @Sendable () -> Node,
    standard: @escaping @Sendable () -> Node?,
    read: @escaping @Sendable (Node, Path, inout Problems, inout Target) -> Bool,
    write: @escaping @Sendable (Target) -> Node?,
    place: (@Sendable (inout Target, Origin) -> Void)? = nil
  ) {
    self.key = key
    self.about = about
    self.isRequired = isRequired
    self.schema = schema
    self.standard = standard
    self.read = read
    self.write = write
    self.place = place
  }
}

extension Field where Target: Section {
  /// A key that has to be there.
  package static func required<Value: ScenarioValue>(
    _ key: String, _ property: any WritableKeyPath<Target, Value> & Sendable, _ about: String
  ) -> Field {
    field(key, property, about, isRequired: true)
  }

  /// A key whose value is that of a new target where it is not given.
  package static func defaulted<Value: ScenarioValue>(
    _ key: String, _ property: any WritableKeyPath<Target, Value> & Sendable, _ about: String
  ) -> Field {
    field(key, property, about, isRequired: false)
  }

  /// A key without which there is no such value.
  package static func optional<Value: ScenarioValue>(
    _ key: String, _ property: any WritableKeyPath<Target, Value?> & Sendable, _ about: String
  ) -> Field {
    Field(
      key: key, about: about, isRequired: false, schema: { Value.schema }, standard: { nil },
      read: { node, path, problems, target in
        guard let value = Value.read(node, path: path, problems: &problems) else { return false }
        target[keyPath: property] = value
        return true
      },
      write: { $0[keyPath: property]?.node })
  }

  private static func field<Value: ScenarioValue>(
    _ key: String, _ property: any WritableKeyPath<Target, Value> & Sendable, _ about: String,
    isRequired: Bool
  ) -> Field {
    Field(
      key: key, about: about, isRequired: isRequired, schema: { Value.schema },
      standard: { isRequired ? nil : Target()[keyPath: property].node },
      read: { node, path, problems, target in
        guard let value = Value.read(node, path: path, problems: &problems) else { return false }
        target[keyPath: property] = value
        return true
      },
      write: { $0[keyPath: property].node },
      place: Value.self is any PlacedValue.Type ? placing(key, property) : nil)
  }

  private static func placing<Value: ScenarioValue>(
    _ key: String, _ property: any WritableKeyPath<Target, Value> & Sendable
  ) -> @Sendable (inout Target, Origin) -> Void {
    { target, origin in
      guard var value = target[keyPath: property] as? any PlacedValue else { return }
      (value.place, value.path) = (origin.place, origin.path.key(key))
      if let value = value as? Value { target[keyPath: property] = value }
    }
  }
}
