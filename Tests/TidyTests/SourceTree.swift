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

    /// The modules that it imports.
    var imports: [Substring] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword < 3 else { return nil }
        return words.dropFirst(keyword + 1).first
      }
    }

    /// Its lines without comments, numbered from 1.
    var code: [(number: Int, text: Substring)] {
      lines.enumerated().compactMap { index, line in
        let text = line.prefix(while: { $0 == " " }).endIndex
        return line[text...].hasPrefix("//") ? nil : (index + 1, line)
      }
    }
  }

  let root: String
  let files: [File]

  init(file: String = #filePath) throws {
    let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    self.root = root
    files = try ["Sources", "Tests"].flatMap { try SourceTree.read($0, in: root) }
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

  /// The names of the folders in a folder.
  func folders(in folder: String) throws -> Set<String> {
    let entries = try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")
    return Set(entries.filter { !$0.hasPrefix(".") })
  }
}
