// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing
import YAMLReader

/// The workflows of docs/check.md can be read, and bring the program that they call.
@Suite struct CheckWorkflowTests {
  /// The two that stand under "In continuous integration".
  private static func workflows() throws -> [String] {
    let page = URL(filePath: #filePath).appending(path: "../../../docs/check.md")
      .standardizedFileURL
    let text = try String(contentsOf: page, encoding: .utf8)
    let section = try #require(text.components(separatedBy: "## In continuous integration").last)
    return section.components(separatedBy: "```yaml\n").dropFirst()
      .map { $0.components(separatedBy: "```")[0] }
  }

  /// The value at the end of some keys.
  private func value(_ node: Node, _ keys: String...) -> Node? {
    keys.reduce(Optional(node)) { node, key in
      guard case .mapping(let entries)? = node?.content else { return nil }
      return entries.first { $0.key == key }?.value
    }
  }

  private func text(_ node: Node?) -> String? {
    guard case .scalar(let scalar)? = node?.content else { return nil }
    return scalar.text
  }

  private func list(_ node: Node?) -> [Node] {
    guard case .sequence(let nodes)? = node?.content else { return [] }
    return nodes
  }

  private func root(_ text: String) throws -> Node {
    var problems = Problems(file: "check.md")
    let root = try #require(Node.read(Array(text.utf8), problems: &problems))
    #expect(problems.isEmpty, "\(problems.all)")
    return root
  }

  /// Each clones, builds and calls, in this order, in an image that has Swift.
  private func expectInstalled(_ lines: [String], image: String?) throws {
    #expect(image?.hasPrefix("swift:6.") == true)
    let clone = try #require(lines.firstIndex { $0.contains(#"git clone "$CPNSIM""#) })
    let install = try #require(lines.firstIndex { $0.contains("make -C /tmp/cpnsim install") })
    let call = try #require(lines.firstIndex { $0.hasPrefix("cpnsim check suite.yaml --junit") })
    #expect(clone < install && install < call)
    #expect(lines[clone].contains(#"checkout "$CPNSIM_COMMIT""#))
  }

  @Test func thatOfGitHubInstallsTheProgram() throws {
    let root = try root(try #require(Self.workflows().first))
    let job = try #require(value(root, "jobs", "check"))
    let lines = list(value(job, "steps")).compactMap { text(value($0, "run")) }
    try expectInstalled(lines, image: text(value(job, "container")))
    #expect(text(value(root, "env", "CPNSIM")) != nil)
    #expect(text(value(root, "env", "CPNSIM_COMMIT")) != nil)
  }

  @Test func thatOfGitLabInstallsTheProgram() throws {
    let root = try root(try #require(Self.workflows().last))
    let job = try #require(value(root, "check"))
    let lines = (list(value(job, "before_script")) + list(value(job, "script"))).compactMap(text)
    try expectInstalled(lines, image: text(value(job, "image")))
    #expect(text(value(job, "variables", "CPNSIM")) != nil)
    #expect(text(value(job, "artifacts", "reports", "junit")) == "check.xml")
  }
}
