// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the columns of a trace stand, found by their names in its header.
struct TraceColumns {
  static let header = "flow,start_s,source,target,bytes,path"
  static let known = "flow, start_s, source, target, bytes, path and class"

  private(set) var count = 0
  private(set) var flow = 0
  private(set) var start = 0
  private(set) var source = 0
  private(set) var target = 0
  private(set) var bytes = 0
  private(set) var path: Int?
  private(set) var className: Int?

  init(header fields: borrowing CSVRecords) throws(TraceError.Problem) {
    var positions: [String: Int] = [:]
    for position in 0..<fields.storedFieldCount {
      guard let name = String(validating: fields[position], as: UTF8.self) else {
        throw .notUTF8(column: "header")
      }
      guard TraceColumns.names.contains(name) else { throw .unknownColumn(shown(fields[position])) }
      guard positions.updateValue(position, forKey: name) == nil else {
        throw .duplicateColumn(name)
      }
    }
    func required(_ name: String) throws(TraceError.Problem) -> Int {
      guard let position = positions[name] else { throw .missingColumn(name) }
      return position
    }
    flow = try required("flow")
    start = try required("start_s")
    source = try required("source")
    target = try required("target")
    bytes = try required("bytes")
    path = positions["path"]
    className = positions["class"]
    count = fields.fieldCount
  }

  private static let names = ["flow", "start_s", "source", "target", "bytes", "path", "class"]
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
