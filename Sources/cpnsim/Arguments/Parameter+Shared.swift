// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine

// Parameters that several commands have, so that they read the same in all of them.

extension Parameter {
  static func scenario(_ path: WritableKeyPath<Target, String>) -> Self {
    .argument("scenario", path, "The scenario file.").taking("file", .scenario)
  }

  static func settings(_ path: WritableKeyPath<Target, [String]>) -> Self {
    .options("set", path, "A value to replace, as path=value; path[+]=value adds one.").taking(
      "path=value")
  }

  static func removals(_ path: WritableKeyPath<Target, [String]>) -> Self {
    .options("unset", path, "What to leave out of the file, before --set.").taking("path")
  }

  static func format(_ path: WritableKeyPath<Target, OutputFormat>) -> Self {
    .option("format", path, "How the answer is printed.")
  }
}

extension Completion {
  static let scenario = Completion.file(extensions: ["yaml", "yml", "json"])
  static let trace = Completion.file(extensions: ["csv", "jsonl", "ndjson", "json", "swf", "txt"])
}
