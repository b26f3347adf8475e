// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import Testing

@Suite struct WholeFileTests {
  @Test func aFileIsWrittenAndNothingElse() throws {
    let scratch = try Scratch()
    try WholeFile.write("text\n", to: scratch.path + "/a.yaml", replacing: false)
    #expect(try scratch.text(of: "a.yaml") == "text\n")
    #expect(scratch.names == ["a.yaml"])
  }

  @Test func aFileThatExistsIsReplacedOnlyWhenAsked() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/a.yaml"
    try WholeFile.write("old", to: path, replacing: false)
    #expect(throws: ResultsError(path: path, reason: .fileExists)) {
      try WholeFile.write("new", to: path, replacing: false)
    }
    #expect(try scratch.text(of: "a.yaml") == "old")
    try WholeFile.write("new", to: path, replacing: true)
    #expect(try scratch.text(of: "a.yaml") == "new")
    #expect(scratch.names == ["a.yaml"])
  }

  @Test(arguments: ["", "/", "a/", ".", "..", "a\0b"])
  func whatNamesNoFileIsSaid(_ path: String) {
    #expect(throws: ResultsError(path: path, reason: .notAFileName)) {
      try WholeFile.write("text", to: path, replacing: true)
    }
  }

  @Test func foldersAndDevicesAreNotReplaced() throws {
    let scratch = try Scratch()
    for path in [scratch.path, "/dev/null"] {
      #expect(throws: ResultsError(path: path, reason: .notARegularFile)) {
        try WholeFile.write("text", to: path, replacing: true)
      }
    }
    #expect(throws: ResultsError.self) {
      try WholeFile.write("text", to: scratch.path + "/no/a.yaml", replacing: false)
    }
    #expect(scratch.names.isEmpty)
  }
}
