// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// A scenario of three pools and 400 jobs, whose policy is a program in Python.
enum PolicyBench {
  static let scenario = """
    scenario: outside
    seed: 3
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 2 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 10 Gbps, delay: 3 ms, two_way: true}
    energy:
      tariffs:
        - {name: t1, flat: 0.5 yuan/kWh, peak: 0.8 yuan/kWh, valley: 0.3 yuan/kWh,
           hours: {peak: ["08-11"], valley: ["23-07"]}, carbon: 0.5 kg/kWh}
        - {name: t2, flat: 0.4 yuan/kWh, peak: 0.9 yuan/kWh, valley: 0.2 yuan/kWh,
           hours: {peak: ["18-22"], valley: ["11-15"]}, carbon: 0.3 kg/kWh}
    pools:
      list:
        - {name: p1, at: a, accelerator: H800, count: 64, tariff: t1, pue: 1.2, queue: easy}
        - {name: p2, at: b, accelerator: H800, count: 32, tariff: t2, pue: 1.3, level: 2}
        - {name: p3, at: c, accelerator: A800, count: 128, tariff: t2, pue: 1.1, level: 3}
    placement: {command: [python3, policy.py], timeout: 10 s}
    traffic:
      - jobs:
          name: batch
          arrivals: {poisson: 60 /h}
          accelerators: {empirical: {values: [4, 8, 32], weights: [6, 3, 1]}}
          run: {lognormal: {mean: 30 min, variation: 1}}
          requested: {factor: 1.5}
          reference: H800
          runs_on: {H800: 1, A800: 0.5}
          input: {size: {lognormal: {mean: 20 GB, variation: 1}}, from: [a, c]}
          tenant: {name: bank, level: 2}
          count: 300
      - jobs:
          name: plain
          arrivals: {poisson: 20 /h}
          accelerators: {fixed: 8}
          run: {exponential: 20 min}
          from: [b]
          latency: 4 ms
          count: 100
    outputs: [summary, jobs]

    """

  /// A policy that knows what it is told in `pools`, and answers with what `decide(m)` gives.
  static func policy(_ decide: String, before: String = "") -> String {
    """
    import json, os, signal, sys, time
    pools, hello = {}, {}
    def say(m):
        sys.stdout.write((m if isinstance(m, str) else json.dumps(m)) + "\\n")
        sys.stdout.flush()
    def heard(m): pass
    def nearest(m):
        def best(job):
            n = job["accelerators"]
            free = [c for c in job["candidates"] if pools[c]["queued"] == 0 and pools[c]["free"] >= n]
            return {"job": job["job"], "pool": (free or job["candidates"])[0]}
        return {"type": "answer", "q": m["q"], "place": [best(job) for job in m["jobs"]]}
    \(before)
    \(decide)
    for line in sys.stdin:
        m = json.loads(line)
        if m["type"] == "hello":
            hello = m
            say({"type": "hello", "v": 1, "answers": m["seams"]})
        elif m["type"] == "changed":
            for p in m["pools"]:
                pools.setdefault(p["id"], {"accelerators": 0}).update(p)
            heard(m)
        elif m["type"] == "ask":
            say(decide(m))

    """
  }

  /// The processes that carry a word in their command line.
  static func processes(with word: String) -> [Int] {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return numbers.compactMap { Int($0) }.filter { number in
      let line = try? Data(contentsOf: URL(filePath: "/proc/\(number)/cmdline"))
      return line.map { String(decoding: $0, as: UTF8.self).contains(word) } ?? false
    }
  }

  /// Waits until none of them is left; false where one stays.
  static func allEnd(with word: String) -> Bool {
    for _ in 0..<200 {
      if processes(with: word).isEmpty { return true }
      usleep(10_000)
    }
    return false
  }

  /// A folder with the scenario and a policy.
  static func workspace(
    _ decide: String = "decide = nearest", before: String = ""
  ) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(scenario, to: "s.yaml")
    try workspace.write(policy(decide, before: before), to: "policy.py")
    return workspace
  }

  /// The digest of a run, and its table of jobs.
  static func result(_ workspace: Workspace, _ words: [String]) throws -> [String] {
    let outcome = try workspace.cpnsim(["run", "s.yaml", "--quiet", "--out", "out"] + words)
    try #require(outcome.code == 0, "\(outcome.errors)")
    defer { try? FileManager.default.removeItem(atPath: workspace.path + "/out") }
    let digest = try workspace.json(of: "out/manifest.json")["digest"] as? String
    return [try #require(digest), try workspace.text(of: "out/jobs.csv")]
  }
}
