// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Ctrl-C in the middle of work that would go on for hours.
@Suite struct InterruptionTests {
  private static let endless = """
    scenario: endless
    network: {links: [{name: l, capacity: 10 Gbps}]}
    traffic:
      - generate:
          {arrivals: {poisson: 1/s}, sizes: {fixed: 1 GB}, path: [l], count: 1000000000}

    """

  @Test(arguments: [SIGINT, SIGTERM])
  func anInterruptedRunLeavesNothing(_ signal: Int32) throws {
    let workspace = try Workspace()
    try workspace.write(Self.endless, to: "s.yaml")
    let child = try workspace.start(["run", "s.yaml", "--out", "new/out"])
    // The table is there once the run is about to start, and the signal is listened to by then.
    try wait(for: ".out.partial-\(child.pid)/flows.csv", in: "new", of: workspace)
    kill(child.pid, signal)
    let outcome = try workspace.outcome(of: child)
    #expect(outcome.code == 130)
    #expect(outcome.errors.hasPrefix("error: interrupted"))
    #expect(outcome.errors.hasSuffix("; no results were written\n"))
    #expect(outcome.output.isEmpty)
    #expect(workspace.names == ["s.yaml"])
  }

  /// Nothing looks at Ctrl-C while a scenario is loaded, a fabric is built or a pipe is waited for.
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGUSR1])
  func whatLooksAtNothingEndsToo(_ signal: Int32) throws {
    let workspace = try Workspace()
    try workspace.write(Self.endless, to: "s.yaml")
    #expect(mkfifo(workspace.path + "/pipe", 0o600) == 0)
    try workspace.write(
      """
      scenario: waits
      network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
      traffic: [{trace: pipe}]

      """, to: "waits.yaml")
    for words in [["run", "waits.yaml", "--out", "out"], ["validate", "waits.yaml"]] {
      let child = try workspace.start(words)
      guard let writer = writer(of: "pipe", in: workspace) else {
        // Whoever waits for any child of this process would wait for this one for ever.
        kill(child.pid, SIGKILL)
        let outcome = try workspace.outcome(of: child)
        Issue.record("\(words) does not read the pipe: \(outcome.code) \(outcome.errors)")
        return
      }
      defer { close(writer) }
      kill(child.pid, signal)
      let outcome = try workspace.outcome(of: child)
      #expect(outcome.code == 130)
      #expect(outcome.errors.hasPrefix("error: interrupted"))
      #expect(workspace.names == ["pipe", "s.yaml", "waits.yaml"])
    }
  }

  @Test func whatADeadProcessLeftIsClearedByTheNext() throws {
    let workspace = try Workspace()
    try workspace.write(Self.endless, to: "s.yaml")
    let child = try workspace.start(["run", "s.yaml", "--out", "out"])
    try wait(for: ".out.partial-\(child.pid)/flows.csv", in: ".", of: workspace)
    kill(child.pid, SIGKILL)
    _ = try workspace.outcome(of: child)
    #expect(workspace.names.contains(".out.partial-\(child.pid)"))
    // One by hand as well, of a process that can't be, and what only looks like one.
    let kept = [".out.partial-1x", ".out.partial-", ".other.partial-\(child.pid)"]
    for name in kept + [".out.partial-99999999"] {
      mkdir("\(workspace.path)/\(name)", 0o700)
    }
    let end = try workspace.cpnsim(
      "run", "s.yaml", "--set", "duration=1 s", "--out", "out", "--quiet")
    #expect(end.code == 0)
    #expect(workspace.names.filter { $0.contains("partial") } == kept.sorted())
    #expect(!workspace.names.contains("out/.owner"))
  }

  @Test func theFolderOfARunThatGoesOnIsLeftAlone() throws {
    let workspace = try Workspace()
    try workspace.write(Self.endless, to: "s.yaml")
    let child = try workspace.start(["run", "s.yaml", "--out", "out"])
    try wait(for: ".out.partial-\(child.pid)/flows.csv", in: ".", of: workspace)
    let other = try workspace.cpnsim(
      "run", "s.yaml", "--set", "duration=1 s", "--out", "out", "--quiet")
    #expect(other.code == 0)
    #expect(workspace.names.contains(".out.partial-\(child.pid)/flows.csv"))
    kill(child.pid, SIGINT)
    #expect(try workspace.outcome(of: child).code == 130)
    #expect(!workspace.names.contains { $0.contains("partial") })
  }

  @Test func aStaleFileDoesNotKeepImportFromItsOwn() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      {"nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"source": "a", "target": "b", "dist": 9}]}
      """, to: "n.json")
    let name = ".x.yaml.partial-99999999"
    try workspace.write("half", to: name)
    #expect(try workspace.cpnsim("import", "n.json", "--out", "x.yaml").code == 0)
    #expect(workspace.names == ["n.json", "x.yaml"])
  }

  /// Opens a pipe to write as soon as another process has opened it to read.
  private func writer(of name: String, in workspace: Workspace) -> Int32? {
    for _ in 0..<60_000 {
      let writer = open("\(workspace.path)/\(name)", O_WRONLY | O_NONBLOCK)
      if writer >= 0 { return writer }
      usleep(1000)
    }
    return nil
  }

  /// Waits until another process has made a file: there is no event to wait for.
  private func wait(for name: String, in folder: String, of workspace: Workspace) throws {
    let path = "\(workspace.path)/\(folder)/\(name)"
    for _ in 0..<10_000 {
      if access(path, F_OK) == 0 { return }
      usleep(1000)
    }
    Issue.record("the file never appeared: \(name)")
  }
}
