// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Scenario
import Testing

/// A folder of its own for a test, removed with it.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "cpnsim-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }
}

/// Loads a scenario that is written in a test; a trace `t.csv` stands beside it.
func load(_ text: String, settings: [String] = []) throws -> LoadedScenario {
  let folder = try ScratchFolder()
  try folder.write("flow,start_s,source,target,bytes,path\n", to: "t.csv")
  return try ScenarioFile.load(path: folder.write(text, to: "s.yaml"), settings: settings)
}

/// The problems of a scenario, with the folder cut off; some files may stand beside it.
func problems(
  _ text: String, settings: [String] = [], files: [String: String] = [:]
) throws -> [String] {
  let folder = try ScratchFolder()
  try folder.write("flow,start_s,source,target,bytes,path\n", to: "t.csv")
  for (name, content) in files { try folder.write(content, to: name) }
  do {
    _ = try ScenarioFile.load(path: folder.write(text, to: "s.yaml"), settings: settings)
    return []
  } catch let error as ScenarioErrors {
    return error.description.replacing(folder.path + "/", with: "").split(separator: "\n")
      .map(String.init)
  }
}
