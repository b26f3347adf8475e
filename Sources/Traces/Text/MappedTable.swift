// SPDX-License-Identifier: GPL-3.0-or-later

/// The columns of a table, or the keys of JSON lines, and what they hold.
struct MappedTable {
  /// All columns, or the keys that are looked for, in the order of the fields of a record.
  let names: [String]
  /// How many fields a row must have; nil where keys may come and go.
  let fieldCount: Int?
  let mapping: TraceMapping

  var timeUnit: TimeUnit { mapping.timeUnit ?? .seconds }

  /// The column of a role that the trace must have.
  func column(_ role: TraceMapping.Role) throws(TraceError.Problem) -> MappedColumn {
    guard let column = optionalColumn(role) else { throw .missingColumn(role.rawValue) }
    return column
  }

  func optionalColumn(_ role: TraceMapping.Role) -> MappedColumn? {
    mapping.place(role, among: names)
  }
}

/// A layout whose columns are found by their names.
protocol TableLayout: RecordLayout {
  /// What the records are, for messages.
  static var kind: String { get }
  static var known: [KnownColumns] { get }

  init(_ table: MappedTable) throws(TraceError.Problem)
}

extension TraceInput {
  /// Reads the names of the columns, and finds by them what each holds.
  mutating func openTable<Layout: TableLayout>(
    _ mapping: TraceMapping
  ) throws(TraceError) -> (TraceMapping, Layout) {
    do throws(TraceError.Problem) {
      let found = try records.columnNames()
      let mapping = try mapping.resolved(Layout.kind, by: Layout.known, among: found)
      guard case .jsonLines = records.syntax else {
        let table = MappedTable(names: found, fieldCount: found.count, mapping: mapping)
        return (mapping, try Layout(table))
      }
      let wanted = Set(mapping.columns.values).sorted()
      records.wantedKeys = wanted.map { Array($0.utf8) }
      return (mapping, try Layout(MappedTable(names: wanted, fieldCount: nil, mapping: mapping)))
    } catch {
      throw TraceError(file: file, line: records.line, problem: error)
    }
  }

  /// Goes back to the first row.
  mutating func rewindTable() throws(TraceError) {
    try rewind()
    guard case .csv = records.syntax else { return }
    do throws(TraceError.Problem) {
      // The header was there once, so this ends.
      while try records.next(), records.isBlank {}
    } catch {
      throw TraceError(file: file, line: records.line, problem: error)
    }
  }
}

extension TraceRecords {
  /// The header of a table, or the keys of the first of JSON lines, which it tells apart.
  mutating func columnNames() throws(TraceError.Problem) -> [String] {
    while let line = try peek() {
      let first = line.first { !Self.isBlank($0) }
      if first == UInt8(ascii: "{") {
        syntax = .jsonLines
        return try peekKeys()
      }
      _ = try next()
      if first != nil { return try header() }
    }
    throw .emptyFile(expected: "a header or a JSON object")
  }

  private func header() throws(TraceError.Problem) -> [String] {
    guard fieldCount <= Self.keptFields else { throw .tooManyColumns(fieldCount) }
    var names: [String] = []
    for position in 0..<fieldCount {
      guard let name = String(validating: self[position], as: UTF8.self) else {
        throw .notUTF8(column: "header")
      }
      guard !names.contains(name) || name.isEmpty else { throw .duplicateColumn(name) }
      names.append(name)
    }
    return names
  }

  func require(_ count: Int?) throws(TraceError.Problem) {
    guard let count, fieldCount != count else { return }
    throw .fieldCount(expected: count, found: fieldCount)
  }

  /// A field that each record must have.
  func field(_ column: MappedColumn) throws(TraceError.Problem) -> FieldText {
    let field = self[column.position]
    if case .jsonLines = syntax, field.baseAddress == nil { throw .missingKey(column.name) }
    return field
  }

  /// A field that may be missing, empty or -1, all of which mean that its value is not known.
  func knownField(_ column: MappedColumn?) -> (name: String, text: FieldText)? {
    guard let column else { return nil }
    let text = self[column.position]
    return text.isUnknown ? nil : (column.name, text)
  }
}
