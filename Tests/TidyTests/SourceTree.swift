// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The Swift files of the package as text.
struct SourceTree {
  struct File {
    /// From the root of the package, such as `Sources/FlowMath/Sharing.swift`.
    let path: String
    let text: String
    let lines: [Substring]

    var module: Substring { path.split(separator: "/")[1] }

    /// The modules that it imports; an import stands at the start of its line, as text may not.
    let imports: [String]

    /// Its lines without comments, numbered from 1.
    let code: [(number: Int, text: Substring)]

    init(path: String, text: String, lines: [Substring]) {
      self.path = path
      self.text = text
      self.lines = lines
      code = lines.enumerated().compactMap { index, line in
        line.drop { $0 == " " }.hasPrefix("//") ? nil : (index + 1, line)
      }
      imports = code.compactMap { _, line in
        guard let first = line.utf8.first, first != UInt8(ascii: " ") else { return nil }
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword < 3 else { return nil }
        return words.dropFirst(keyword + 1).first.map(String.init)
      }
    }
  }

  let root: String
  let files: [File]

  /// Read once for all tests.
  static let shared = Result { try SourceTree() }

  private init(file: String = #filePath) throws {
    let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    self.root = root
    files = try ["Sources", "Tests", "Benchmarks/Sources"].flatMap {
      try SourceTree.read($0, in: root)
    }
  }

  private static func read(_ folder: String, in root: String) throws -> [File] {
    let paths = FileManager.default.enumerator(atPath: "\(root)/\(folder)")
    return try (paths?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".swift") }.sorted()
      .map { path in
        let text = try String(contentsOfFile: "\(root)/\(folder)/\(path)", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // The line feed at the end of a file begins no line.
        return File(
          path: "\(folder)/\(path)", text: text, lines: lines.last == "" ? lines.dropLast() : lines)
      }
  }

  var sources: [File] { files.filter { $0.path.hasPrefix("Sources/") } }

  func files(in folder: String) -> [File] { files.filter { $0.path.hasPrefix(folder + "/") } }

  func text(of path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  /// The names of the folders in a folder.
  func folders(in folder: String) throws -> Set<String> {
    let entries = try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")
    return Set(entries.filter { !$0.hasPrefix(".") })
  }
}
