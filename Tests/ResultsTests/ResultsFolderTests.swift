// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import Testing

@Suite struct ResultsFolderTests {
  private let table = TableSchema(
    file: "flows.csv", about: "A flow a row.", columns: [Column("flow", .string, about: "Name.")])

  @Test func nothingIsThereBeforeItIsComplete() throws {
    let scratch = try Scratch()
    let folder = try ResultsFolder(at: scratch.path + "/a/b/ring//")
    var flows = try folder.makeTable(table)
    flows.append("f1")
    try flows.endRow()
    try folder.write("{}\n", to: "manifest.json")
    #expect(!scratch.names.contains("a/b/ring"))
    try flows.close()
    try folder.commit()
    #expect(
      scratch.names == ["a", "a/b", "a/b/ring", "a/b/ring/flows.csv", "a/b/ring/manifest.json"])
    #expect(try scratch.text(of: "a/b/ring/flows.csv") == "flow\nf1\n")
  }

  @Test func discardLeavesNothing() throws {
    let scratch = try Scratch()
    let folder = try ResultsFolder(at: scratch.path + "/a/b/ring")
    var flows = try folder.makeTable(table)
    try flows.close()
    folder.discard()
    #expect(scratch.names.isEmpty)
  }

  @Test func aFolderThatGoesAwayIsDiscarded() throws {
    let scratch = try Scratch()
    do {
      let folder = try ResultsFolder(at: scratch.path + "/ring")
      try folder.write("{}", to: "manifest.json")
      // The folder, who it belongs to, and the file.
      #expect(scratch.names.count == 3)
    }
    #expect(scratch.names.isEmpty)
  }

  @Test func whatExistsIsNotTouched() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/ring", withIntermediateDirectories: false)
    let path = scratch.path + "/ring"
    #expect(refusal(of: path) == "\(path) already exists; choose another --out or remove it")
    #expect(refusal(of: path + "/") == "\(path) already exists; choose another --out or remove it")
    #expect(scratch.names == ["ring"])
  }

  @Test func aFolderMadeMeanwhileIsNotReplaced() throws {
    let scratch = try Scratch()
    let first = try ResultsFolder(at: scratch.path + "/ring")
    let second = try ResultsFolder(at: scratch.path + "/ring")
    try first.write("first", to: "who")
    try second.write("second", to: "who")
    try first.commit()
    #expect(throws: ResultsError(path: scratch.path + "/ring", reason: .alreadyExists)) {
      try second.commit()
    }
    second.discard()
    #expect(scratch.names == ["ring", "ring/who"])
    #expect(try scratch.text(of: "ring/who") == "first")
  }

  @Test func twoRunsShareAParent() throws {
    let scratch = try Scratch()
    let first = try ResultsFolder(at: scratch.path + "/studies/one")
    let second = try ResultsFolder(at: scratch.path + "/studies/two")
    try second.write("2", to: "n")
    // The parent was made for the first, and must outlive it for the second.
    first.discard()
    try second.commit()
    #expect(scratch.names == ["studies", "studies/two", "studies/two/n"])
  }

  @Test(arguments: ["", "/", "///", ".", "..", "a/..", "a/.", "./", "a\0b"])
  func oddNamesAreRefused(path: String) {
    #expect(refusal(of: path) == "'\(path)' does not name a folder that can be made")
  }

  @Test func aFileInPlaceOfAParentIsNamed() throws {
    let scratch = try Scratch()
    try "x".write(toFile: scratch.path + "/file", atomically: false, encoding: .utf8)
    let path = scratch.path + "/file/ring"
    #expect(refusal(of: path) == "\(path): a part of the path is a file, not a folder")
    #expect(scratch.names == ["file"])
  }

  @Test func aLongNameIsRefusedAndItsParentsAreRemoved() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/new/" + String(repeating: "n", count: 300)
    #expect(refusal(of: path) == "\(path): the path is too long")
    #expect(scratch.names.isEmpty)
  }

  @Test func anUnwritableParentIsNamed() {
    // Nobody makes folders in /proc, root neither; the reason depends on how it is mounted.
    let refusal = refusal(of: "/proc/cpnsim/ring")
    #expect(refusal?.hasPrefix("/proc/cpnsim/ring: ") == true)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
  func aParentWithoutPermissionIsNamed() throws {
    let scratch = try Scratch()
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.path)
    let path = scratch.path + "/ring"
    #expect(refusal(of: path) == "\(path): permission denied")
  }

  @Test func theSameFileTwiceIsRefused() throws {
    let scratch = try Scratch()
    let folder = try ResultsFolder(at: scratch.path + "/ring")
    try folder.write("1", to: "n")
    #expect(throws: ResultsError(path: scratch.path + "/ring/n", reason: .alreadyExists)) {
      try folder.write("2", to: "n")
    }
  }

  /// What the attempt to make a folder here is answered with.
  private func refusal(of path: String) -> String? {
    do {
      _ = try ResultsFolder(at: path)
      return nil
    } catch {
      return error.description
    }
  }
}
