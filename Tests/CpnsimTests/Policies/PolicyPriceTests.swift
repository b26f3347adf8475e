// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What policies outside hear of prices.
@Suite struct PolicyPriceTests {
  /// Dear and cheap times, known long before, hardly before, and only as they begin.
  private static let signals = [
    "--set",
    """
    energy.signals=[{tariff: t2, from: 9.5 h, to: 14 h, price: 3 yuan/kWh, announced: 2 h}, \
    {tariff: t1, from: 20 h, to: 23.25 h, price: 0.01 yuan/kWh, announced: 19 h}, \
    {tariff: t2, from: 30 h, to: 31 h, price: 2 yuan/kWh}]
    """,
  ]

  private static let wholeHours = signals.map {
    $0.replacing("9.5 h", with: "9 h").replacing("23.25 h", with: "23 h")
  }

  /// The prices of the greeting are those that built-in policies reckon with, where none changes within an
  /// hour.
  @Test(arguments: [[], wholeHours]) func theCheapestIsFoundByWhatIsSaid(
    _ signals: [String]
  ) throws {
    let workspace = try PolicyBench.workspace(
      """
      def cost(j, i, t):
          c, n = j["candidates"][i], j["accelerators"]
          x = j.get("transfers", [0] * len(j["candidates"]))[i]
          v = j.get("speeds", [1] * len(j["candidates"]))[i]
          begin, p, yuan = t + x, design[c], 0
          end = begin + int(j["requested"] / v)
          while begin < end:
              hour = begin // HOUR
              stop = min(end, (hour + 1) * HOUR)
              usual = hello["energy"][p["energy"]]["yuan_per_kwh"][6][hour % 24]
              yuan += signalled.get((p["energy"], hour), usual) * (stop - begin)
              begin = stop
          return yuan * p["full_w"] * n
      def decide(m):
          design.update((p["id"], p) for p in hello["pools"])
          j = m["jobs"][0]
          n = range(len(j["candidates"]))
          free = [i for i in n if pools[j["candidates"][i]]["queued"] == 0
              and pools[j["candidates"][i]]["free"] >= j["accelerators"]]
          i = min(free, key=lambda i: cost(j, i, m["t"])) if free else None
          if i is None: return {"type": "answer", "q": m["q"], "wait": [{"job": j["job"]}]}
          return {"type": "answer", "q": m["q"],
              "place": [{"job": j["job"], "pool": j["candidates"][i]}]}
      """,
      before: """
        design, signalled, HOUR = {}, {}, 3600 * 10**9
        def heard(m):
            for s in m.get("signals", []):
                for i, yuan in enumerate(s["yuan_per_kwh"]):
                    signalled[s["energy"], s["hour"] + i] = yuan
        """)
    // Few jobs, so that one is always free: else the built-in one looks for the shortest queue.
    let more =
      signals + [
        "--set", "traffic[0].jobs.arrivals={poisson: 3 /h}", "--set",
        "traffic[1].jobs.arrivals={poisson: 3 /h}",
      ]
    let outside = try PolicyBench.result(workspace, more)
    #expect(
      try outside
        == PolicyBench.result(
          workspace, ["--unset", "placement", "--set", "placement=cheapest"] + more))
  }

  /// Jobs that wait for a change are asked about as a price is announced, and it is told then.
  @Test func anAnnouncementIsAChange() throws {
    let workspace = try PolicyBench.workspace(
      """
      def decide(m):
          a = {"type": "answer", "q": m["q"]}
          if not told: return a | {"wait": [{"job": j["job"]} for j in m["jobs"]]}
          return a | {"place": [{"job": j["job"], "pool": j["candidates"][0]} for j in m["jobs"]]}
      """,
      before: """
        told = []
        def heard(m): told.extend(m.get("signals", []))
        """)
    let outcome = try workspace.cpnsim(
      [
        "run", "s.yaml", "--quiet", "--transcript", "t.jsonl", "--unset", "traffic[1]", "--set",
        "traffic[0].jobs.count=1", "--set", "placement.ask=together",
      ] + Self.signals)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = try workspace.text(of: "t.jsonl").split(separator: "\n")
    let news = lines.filter { $0.contains("\"signals\"") }
    #expect(news.count == 1)
    #expect(
      news.first?.contains(
        "\"t\":7200000000001,\"seen\":7200000000001,\"pools\":[],\"signals\":[{\"energy\":1,"
          + "\"from\":34200000000000,\"to\":50400000000000,\"hour\":9,\"yuan_per_kwh\":[") == true,
      "\(news)")
    #expect(lines.count { $0.contains("\"type\":\"ask\"") } == 2)
  }
}
