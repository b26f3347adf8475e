// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Programs in Python that decide at any seam, and runs that ask them.
enum SeamBench {
  /// A program that keeps the greeting in `hello`, hands what has changed to `learn(m)`, and answers
  /// with what `decide(m)` adds to the head of an answer.
  static func program(_ code: String) -> String {
    """
    import json, sys
    hello = {}
    def learn(m): pass
    def say(m):
        print(json.dumps(m), flush=True)
    \(code)
    for line in sys.stdin:
        m = json.loads(line)
        if m["type"] == "hello":
            hello.update(m)
            say({"type": "hello", "v": 1, "answers": m["seams"]})
        elif m["type"] == "changed":
            learn(m)
        elif m["type"] == "ask":
            say({"type": "answer", "q": m["q"]} | decide(m))

    """
  }

  static func workspace(_ scenario: String, _ code: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(scenario, to: "s.yaml")
    try workspace.write(program(code), to: "policy.py")
    return workspace
  }

  /// A folder with a scenario, and a program of Examples/policies as its policy.
  static func workspace(_ scenario: String, example: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(scenario, to: "s.yaml")
    try workspace.write(Self.example(example), to: "policy.py")
    return workspace
  }

  static func example(_ name: String) throws -> String {
    let folder = ScenarioGoldenTests.root.appending(path: "Examples/policies")
    return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// The digest of a run, and some of its files.
  static func result(
    _ workspace: Workspace, _ files: [String], _ words: [String] = []
  ) throws -> [String] {
    let outcome = try workspace.cpnsim(["run", "s.yaml", "--quiet", "--out", "out"] + words)
    try #require(outcome.code == 0, "\(outcome.errors)")
    defer { try? FileManager.default.removeItem(atPath: workspace.path + "/out") }
    let digest = try workspace.json(of: "out/manifest.json")["digest"] as? String
    return [try #require(digest)] + (try files.map { try workspace.text(of: "out/\($0)") })
  }

  /// What a run that can't go on says.
  static func error(_ workspace: Workspace, _ words: [String] = []) throws -> String {
    let outcome = try workspace.cpnsim(["run", "s.yaml", "--quiet", "--out", "out"] + words)
    #expect(outcome.code == 2, "\(outcome.output)")
    #expect(!FileManager.default.fileExists(atPath: workspace.path + "/out"))
    return outcome.errors
  }
}
