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
    #expect(outcome.errors.hasPrefix("error: interrupted at "))
    #expect(outcome.errors.hasSuffix("; no results were written\n"))
    #expect(outcome.output.isEmpty)
    #expect(workspace.names == ["s.yaml"])
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
