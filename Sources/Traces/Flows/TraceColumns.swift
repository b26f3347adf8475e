// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the columns of a trace stand, found by their names in its header.
struct TraceColumns {
  static let header = "flow,start_s,source,target,bytes,path"
  static let known = "flow, start_s, source, target, bytes, path, class and deadline_s"

  let count: Int
  let flow: Int
  let start: Int
  let source: Int
  let target: Int
  let bytes: Int
  let path: Int?
  let className: Int?
  let deadline: Int?
  /// The column of the start and what it counts, where a mapping may have named another.
  let foreignStart: (name: String, unit: TimeUnit)?

  /// Finds the columns; those that have no meaning are errors, unless a mapping gives others one.
  init(
    header fields: borrowing TraceRecords, mapping: TraceMapping = TraceMapping()
  ) throws(TraceError.Problem) {
    let isForeign = mapping != TraceMapping()
    let names = TraceColumns.names.merging(mapping.columns) { $1 }
    let positions = try TraceColumns.positions(
      in: fields, known: isForeign ? nil : Set(names.values))
    func required(_ role: TraceMapping.Role) throws(TraceError.Problem) -> Int {
      let name = names[role] ?? role.rawValue
      guard let position = positions[name] else { throw .missingColumn(name) }
      return position
    }
    for name in mapping.columns.values.sorted() where positions[name] == nil {
      throw .missingColumn(name)
    }
    flow = try required(.flow)
    start = try required(.timestamp)
    source = try required(.source)
    target = try required(.target)
    bytes = try required(.bytes)
    path = names[.path].flatMap { positions[$0] }
    className = names[.trafficClass].flatMap { positions[$0] }
    deadline = names[.deadline].flatMap { positions[$0] }
    count = fields.fieldCount
    let startName = names[.timestamp] ?? ""
    let unit = mapping.timeUnit ?? TimeUnit(endOf: startName) ?? .seconds
    foreignStart = isForeign ? (startName, unit) : nil
  }

  private static func positions(
    in fields: borrowing TraceRecords, known: Set<String>?
  ) throws(TraceError.Problem) -> [String: Int] {
    var positions: [String: Int] = [:]
    for position in 0..<fields.storedFieldCount {
      guard let name = String(validating: fields[position], as: UTF8.self) else {
        throw .notUTF8(column: "header")
      }
      guard known?.contains(name) ?? true else { throw .unknownColumn(shown(fields[position])) }
      guard positions.updateValue(position, forKey: name) == nil else {
        throw .duplicateColumn(name)
      }
    }
    return positions
  }

  private static let names: [TraceMapping.Role: String] = [
    .flow: "flow", .timestamp: "start_s", .source: "source", .target: "target", .bytes: "bytes",
    .path: "path", .trafficClass: "class", .deadline: "deadline_s",
  ]
}

/// The text of a field as a message shows it: short, on one line, whatever its bytes are.
func shown(_ field: UnsafeBufferPointer<UInt8>) -> String {
  let limit = 60
  let text = String(decoding: field.prefix(4 * limit), as: UTF8.self)
  let printable = text.unicodeScalars.prefix(limit).map { scalar in
    scalar.properties.generalCategory == .control ? "\u{fffd}" : String(scalar)
  }
  let isWhole = field.count <= 4 * limit && text.unicodeScalars.count <= limit
  return printable.joined() + (isWhole ? "" : "...")
}
