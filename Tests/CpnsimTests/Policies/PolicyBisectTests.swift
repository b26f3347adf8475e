// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// The commit that spoilt a policy in a file is found.
@Suite struct PolicyBisectTests {
  private static let suite = """
    suite: policies
    baseline: none.json
    looks: [4]
    cases:
      - name: nearest
        scenario: s.yaml
        metrics:
          - {metric: job_wait_mean, better: lower, tolerance: 1 %}

    """

  /// Of five commits the fourth turns the policy around; the others change what it says nothing by.
  @Test func theCommitThatSpoiltAPolicyIsFound() throws {
    let workspace = try Workspace()
    let git = "git -c user.name=a -c user.email=a@b"
    #expect(try workspace.bash("git init -q .").code == 0)
    try workspace.write(Self.suite, to: "suite.yaml")
    try workspace.write(PolicyBench.scenario, to: "s.yaml")
    let good = PolicyBench.policy("decide = nearest")
    let bad = PolicyBench.policy(
      """
      def decide(m):
          return {"type": "answer", "q": m["q"], "place": [
              {"job": j["job"], "pool": j["candidates"][0]} for j in m["jobs"]]}
      """)
    let policies = [good, good + "# one\n", good + "# two\n", bad, bad + "# four\n"]
    for (number, policy) in policies.enumerated() {
      try workspace.write(policy, to: "policy.py")
      #expect(
        try workspace.bash("\(git) add -A && \(git) commit -qm 'commit \(number)'").code == 0)
    }
    let outcome = try workspace.cpnsim("check", "suite.yaml", "--bisect", "HEAD~4", "HEAD")
    #expect(outcome.code == 1, "\(outcome.errors)")
    #expect(
      outcome.output.split(separator: "\n").first?.contains("commit 3") == true,
      "\(outcome.output)\(outcome.errors)")
    #expect(
      outcome.output.contains("red: nearest: job_wait_mean is worse by +"), "\(outcome.output)")
  }
}
