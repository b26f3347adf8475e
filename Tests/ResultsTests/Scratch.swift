// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results

/// A folder of its own for one test, removed when the test is done.
final class Scratch {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cpnsim-results-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func text(of name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// Every name under the folder, hidden ones too, in order.
  var names: [String] {
    (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []).sorted()
  }
}

/// The text of the file that the writer made while `fill` ran.
func csv(columns: Int, _ fill: (inout CSVWriter) throws -> Void) throws -> String {
  let scratch = try Scratch()
  let schema = TableSchema(
    file: "t.csv", about: "A test.",
    columns: (0..<columns).map { Column("c\($0)", .string, about: "A column.") })
  var writer = try CSVWriter(schema, to: FileOutput(creating: scratch.path + "/t.csv"))
  try fill(&writer)
  try writer.close()
  let text = try scratch.text(of: "t.csv")
  let header = (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
  guard text.hasPrefix(header) else { throw CocoaError(.fileReadCorruptFile) }
  return String(text.dropFirst(header.count))
}
