// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// What `datapackage.json` says of a folder: a Frictionless Data Package, version 1.
///
/// Each table is a tabular data resource. The specification allows further properties, and
/// `unit` is the one that fields have here. See https://specs.frictionlessdata.io.
public struct DataPackage: Sendable {
  public static let file = "datapackage.json"

  /// The name of the scenario, as people read it.
  public var title: String
  public var about: String
  public var tables: [TableSchema]
  /// How they are packed; nil for as they are.
  public var packing: TablePacking?

  public init(
    title: String, about: String = "", tables: [TableSchema], packing: TablePacking? = nil
  ) {
    self.packing = packing
    self.title = title
    self.about = about
    self.tables = tables
  }

  public var json: JSON {
    var members: [(name: String, value: JSON)] = [
      ("profile", "tabular-data-package"),
      ("name", .string(DataPackage.identifier(for: title))),
      ("title", .string(title)),
    ]
    if !about.isEmpty { members.append(("description", .string(about))) }
    members.append(("resources", .array(tables.map { $0.json(packedAs: packing) })))
    return .object(members)
  }

  /// The title as the specification wants names: lower case letters, digits and `-._`.
  private static func identifier(for title: String) -> String {
    var identifier = ""
    for scalar in title.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9", "-", ".", "_": identifier.unicodeScalars.append(scalar)
      default: identifier += identifier.last == "-" ? "" : "-"
      }
    }
    // A title in Chinese leaves nothing but dashes.
    return identifier.contains { $0.isLetter || $0.isNumber } ? identifier : "run"
  }
}

extension TableSchema {
  func json(packedAs packing: TablePacking?) -> JSON {
    let path = TablePacking.file(of: self, packedAs: packing)
    // The name that the framework of Frictionless has for it.
    let compression: [(name: String, value: JSON)] =
      path == file ? [] : [("compression", JSON(packing?.rawValue))]
    return .object(
      [
        ("profile", "tabular-data-resource"),
        ("name", .string(name.lowercased())),
        ("path", .string(path)),
      ] + compression + [
        ("description", .string(about)),
        ("format", "csv"),
        ("mediatype", "text/csv"),
        ("encoding", "utf-8"),
        (
          "dialect",
          .object([
            ("delimiter", ","), ("lineTerminator", "\n"), ("quoteChar", "\""),
            ("doubleQuote", true), ("skipInitialSpace", false), ("header", true),
          ])
        ),
        ("schema", .object(fields + key)),
      ])
  }
}

extension TableSchema {
  private var fields: [(name: String, value: JSON)] {
    [("fields", .array(columns.map(\.json))), ("missingValues", .array([""]))]
  }

  private var key: [(name: String, value: JSON)] {
    primaryKey.isEmpty ? [] : [("primaryKey", .array(primaryKey.map { .string($0) }))]
  }
}

extension Column {
  var json: JSON {
    var members: [(name: String, value: JSON)] = [
      ("name", .string(name)), ("type", .string(kind.rawValue)), ("description", .string(about)),
    ]
    if let unit { members.append(("unit", .string(unit))) }
    return .object(members)
  }
}
