// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Who starts on a pool is said by a program of its own.
@Suite struct QueuePolicyTests {
  static let scenario = """
    scenario: queues
    seed: 5
    network:
      links: [{name: ab, from: a, to: b, capacity: 10 Gbps, delay: 2 ms, two_way: true}]
    pools:
      list:
        - {name: p, at: a, accelerator: H800, count: 64, queue: {command: [python3, policy.py]}}
        - {name: q, at: b, accelerator: H800, count: 32}
    traffic:
      - jobs:
          name: batch
          arrivals: {poisson: 40 /h}
          accelerators: {empirical: {values: [4, 8, 32], weights: [6, 3, 1]}}
          run: {lognormal: {mean: 30 min, variation: 1}}
          requested: {factor: 1.5}
          input: {size: {lognormal: {mean: 20 GB, variation: 1}}, from: [b]}
          priority: 2
          to: {pool: p}
          count: 250
      - jobs:
          name: urgent
          arrivals: {poisson: 8 /h}
          accelerators: {fixed: 16}
          run: {exponential: 10 min}
          from: [a]
          to: {pool: p}
          count: 50
      - jobs: {name: other, arrivals: {poisson: 20 /h}, accelerators: {fixed: 8},
               run: {exponential: 30 min}, to: {pool: q}, count: 60}
    outputs: [summary, jobs]

    """

  /// What every program here knows of each pool: who waits, and who runs since when.
  private static let learning = """
    waiting, running, count = {}, {}, {}
    def learn(m):
        for q in m.get("queues", []):
            p = q["pool"]
            count[p] = q.get("accelerators", count.get(p))
            w, r = waiting.setdefault(p, {}), running.setdefault(p, {})
            for name in q.get("ended", []): del r[name]
            for name in q.get("left", []): del w[name]
            for job in q.get("came", []): w[job["job"]] = job
    def start(m, job):
        del waiting[m["pool"]][job["job"]]
        running[m["pool"]][job["job"]] = job | {"since": m["t"]}

    """

  private static func ordered(_ key: String) -> String {
    learning + """
      def decide(m):
          free, names = m["free"], []
          for job in sorted(waiting[m["pool"]].values(), key=lambda j: \(key)):
              if job["accelerators"] > free: break
              free -= job["accelerators"]
              start(m, job)
              names.append(job["job"])
          return {"start": names}
      """
  }

  /// Those of a lower priority are stopped for one that does not fit: the last started first.
  static let preemptive =
    learning + """
      starts = {}
      def decide(m):
          p, t, free, names, stopped = m["pool"], m["t"], m["free"], [], []
          line = sorted(waiting[p].values(), key=lambda j: (j.get("priority", 1), j["number"]))
          while line:
              job = line.pop(0)
              if job["accelerators"] > free:
                  less = [j for j in running[p].values()
                          if j.get("priority", 1) > job.get("priority", 1)]
                  less.sort(key=lambda j: (j.get("priority", 1), starts[j["job"]]), reverse=True)
                  need, chosen = job["accelerators"] - free, []
                  if sum(j["accelerators"] for j in less) < need: break
                  for j in less:
                      if need <= 0: break
                      chosen.append(j)
                      need -= j["accelerators"]
                  for j in reversed(list(chosen)):
                      if j["accelerators"] <= -need:
                          need += j["accelerators"]
                          chosen.remove(j)
                  for j in chosen:
                      free += j["accelerators"]
                      stopped.append(j["job"])
                      del running[p][j["job"]]
                      line.append(j)
                  line.sort(key=lambda j: (j.get("priority", 1), j["number"]))
              free -= job["accelerators"]
              starts[job["job"]] = len(names) + 1000 * m["q"]
              start(m, job)
              names.append(job["job"])
          return {"start": names, "stop": stopped}
      """

  static let rules = [
    ("fcfs", ordered("j[\"number\"]")),
    ("sjf", ordered("(j[\"requested\"], j[\"number\"])")),
    ("priority", ordered("(j.get(\"priority\", 1), j[\"number\"])")),
    ("preemptive", preemptive),
  ]

  @Test(
    arguments: rules, [[], ["--set", "pools.list[0].failures={mean_time: 20 d, repair: 1 h}"]])
  func aBuiltInRuleOutsideIsTheSame(_ rule: (String, String), _ more: [String]) throws {
    let workspace = try SeamBench.workspace(Self.scenario, rule.1)
    let files = ["jobs.csv", "summary.csv"]
    let outside = try SeamBench.result(workspace, files, more + ["--transcript", "t.jsonl"])
    let inside = try SeamBench.result(
      workspace, files, ["--set", "pools.list[0].queue=\(rule.0)"] + more)
    #expect(outside == inside)
    let replayed = try SeamBench.result(workspace, files, more + ["--replay", "t.jsonl"])
    #expect(replayed == outside)
  }

  @Test func theExampleFillsBackAsTheBuiltInRule() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "backfill.py")
    let outside = try SeamBench.result(workspace, ["jobs.csv"])
    #expect(
      try SeamBench.result(workspace, ["jobs.csv"], ["--set", "pools.list[0].queue=easy"])
        == outside)
  }

  /// Pools of one program and of another, and one that also places jobs: each transcript line says
  /// whose it is.
  @Test func oneProgramAnswersSeveralSeams() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      Self.ordered("j[\"number\"]")
        + """

        order = decide
        def decide(m):
            if m["seam"] == "queue": return order(m)
            return {"place": [{"job": j["job"], "pool": j["candidates"][-1]} for j in m["jobs"]]}
        """)
    let program = "{command: [python3, policy.py]}"
    let settings = [
      "--set", "placement=\(program)", "--set", "pools.list[1].queue=\(program)", "--unset",
      "traffic[2].jobs.to", "--set", "traffic[2].jobs.from=[a]",
    ]
    let files = ["jobs.csv"]
    let outside = try SeamBench.result(workspace, files, settings + ["--transcript", "t.jsonl"])
    let lines = try workspace.text(of: "t.jsonl").split(separator: "\n")
    #expect(
      lines[0].hasPrefix(
        "{\"t\":0,\"seam\":\"placement\",\"sent\":{\"type\":\"hello\",\"v\":1,\"seams\":[\"placement\",\"queue\"]"
      ))
    #expect(lines.count { $0.contains("\"type\":\"bye\"") } == 1)
    // Sixty jobs went to the farther pool, which is at b.
    #expect(
      outside[1].split(separator: "\n").count { $0.contains("other-") && $0.contains(",q,") } == 60)
    #expect(try SeamBench.result(workspace, files, settings + ["--replay", "t.jsonl"]) == outside)
  }

  /// It is asked again when it wants to be, as long as somebody waits.
  @Test func callsAreKept() throws {
    let workspace = try SeamBench.workspace(
      Self.few,
      """
      def decide(m):
          if m["t"] < 100 * 10**9: return {"call_at": m["t"] + 40 * 10**9}
          return {"start": ["j1" if m["t"] < 200 * 10**9 else "j2"]}
      """)
    let result = try SeamBench.result(workspace, ["jobs.csv"], ["--transcript", "t.jsonl"])
    #expect(result[1].contains(",120,"), "\(result[1])")
    let text = try workspace.text(of: "t.jsonl")
    #expect(
      text.matches(of: /"type":"ask","q":\d,"t":(\d+)/).map { $0.1 } == [
        "0", "40000000000", "80000000000", "120000000000", "220000000000",
      ])
  }

  private static let few = """
    scenario: few
    network: {nodes: [a]}
    pools:
      list: [{name: p, at: a, accelerator: H800, count: 8, queue: {command: [python3, policy.py]}}]
    traffic:
      - jobs:
          list:
            - {job: j1, submit: 0 s, accelerators: 6, run: 100 s}
            - {job: j2, submit: 0 s, accelerators: 4, run: 100 s}
    outputs: [summary, jobs]

    """

  @Test(arguments: [
    ("{'start': ['j3']}", "found the job \"j3\" in start, expected one that waits on the pool"),
    ("{'stop': ['j1']}", "found the job \"j1\" in stop, expected one that runs on the pool"),
    ("{'start': ['j1', 'j1']}", "found the job \"j1\" twice, expected each once"),
    (
      "{'start': ['j1', 'j2']}",
      "found the job \"j2\" of 4 accelerators in start where 2 are free, expected those that fit"
    ),
    ("{'start': 'j1'}", "expected a list of jobs"),
    (
      "{'stopp': []}",
      "found the key \"stopp\", expected type, q, start, stop, call_at; did you mean"
    ),
    ("{'call_at': 0}", "found call_at 0, expected a time after 0"),
  ])
  func whatCannotBeEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(Self.few, "def decide(m): return \(answer)")
    let error = try SeamBench.error(workspace)
    #expect(error.contains("error: queue by python3 policy.py: question 1: "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }
}
