// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// A trace on the disk for the length of one test.
public final class Trace {
  public let path: String
  private let folder: URL

  public convenience init(_ text: String) throws {
    try self.init(Data(text.utf8))
  }

  public init(_ bytes: Data) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cpnsim-traffic-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("trace.csv").path
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }
}
