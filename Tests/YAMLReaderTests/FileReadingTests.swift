// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing
import YAMLReader

@Suite struct FileReadingTests {
  private func problems(_ path: String) -> [String] {
    var problems = Problems(file: path)
    let node = Node.read(file: path, problems: &problems)
    #expect(node == nil)
    return problems.all.map(\.description)
  }

  @Test func whatIsNoFileIsReported() throws {
    let folder = NSTemporaryDirectory()
    #expect(
      problems("/no/such/file.yaml")
        == ["/no/such/file.yaml: can't be read: No such file or directory"])
    #expect(problems(folder) == ["\(folder): found a directory, expected a file"])
  }

  @Test func aFileWithoutAnEndIsGivenUp() {
    #expect(problems("/dev/zero") == ["/dev/zero: is larger than 64 MiB, the largest file read"])
  }
}
