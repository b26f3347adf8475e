// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Policies that are programs of their own, and have jobs leave their pools.
@Suite struct PolicyMoveTests {
  /// The policy is asked about jobs that are on pools as well, and has them move as `nearest` does.
  @Test func movesOutsideAreTheSame() throws {
    let workspace = try PolicyBench.workspace(
      """
      def best(job):
          def is_free(c):
              return c == job.get("runs_on") or (
                  pools[c]["queued"] == (c == job.get("waits_at"))
                  and pools[c]["free"] >= job["accelerators"])
          return next((c for c in job["candidates"] if is_free(c)), job["candidates"][0])
      def decide(m):
          places = []
          for job in m["jobs"]:
              delay = dict(zip(job["candidates"], job["delays"]))
              at = job.get("runs_on") or job.get("waits_at")
              if at is None or delay[best(job)] < delay[at] * 0.95:
                  places.append({"job": job["job"], "pool": best(job)})
          return {"type": "answer", "q": m["q"], "place": places}
      """)
    let load = [
      "--set", "traffic[0].jobs.arrivals={poisson: 3 /h}",
      "--set", "traffic[0].jobs.accelerators={fixed: 32}",
      "--set", "traffic[0].jobs.checkpoint={every: 10 min, size: 10 GB}",
    ]
    let outside = try PolicyBench.result(workspace, ["--set", "placement.moves=5 min"] + load)
    let inside = try PolicyBench.result(
      workspace,
      ["--unset", "placement", "--set", "placement={policy: nearest, moves: 5 min}"] + load)
    #expect(outside == inside)
    // In the table of jobs `moves` stands behind `restarts`, and what was booked behind it.
    #expect(outside[1].split(separator: "\n").filter { $0.contains(",0,0,1,,,0,") }.count > 10)
  }

  /// What a policy may not say of jobs that are on pools.
  @Test(arguments: [
    (
      "'refuse': [{'job': j, 'reason': 'no'}]", "in refuse, expected jobs on pools in place or wait"
    ),
    ("'wait': [{'job': j}]", "found no time for the job \"batch-"),
    ("'delay': 5", "found a delay, expected moves that hold at once"),
  ])
  func aWrongMoveEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try PolicyBench.workspace(
      """
      def decide(m):
          if m["seam"] == "placement": return nearest(m)
          j = m["jobs"][0]["job"]
          return {"type": "answer", "q": m["q"], \(answer)}
      """)
    let outcome = try workspace.cpnsim([
      "run", "s.yaml", "--quiet", "--set", "placement.moves=5 min",
      "--set", "traffic[0].jobs.checkpoint={every: 10 min}",
    ])
    #expect(outcome.code == 2 && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
