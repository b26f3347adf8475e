// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Pages

/// Trace events by the rules of the Trace Event Format, as Chromium's document of it has them.
private struct TraceRules {
  var events: [[String: Any]] = []
  /// The numbers of counters, by process and name.
  var counters: [String: [Double]] = [:]
  /// The bars, by the names of their process and track.
  var bars: [String: [(name: String, from: Double, to: Double)]] = [:]

  init(_ text: String) throws {
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    events = try #require(root["traceEvents"] as? [[String: Any]])
    var names: [String: String] = [:]
    for event in events {
      let kind = try #require(event["ph"] as? String)
      let name = try #require(event["name"] as? String)
      let process = try #require(event["pid"] as? Int)
      let thread = try #require(event["tid"] as? Int)
      let arguments = event["args"] as? [String: Any] ?? [:]
      switch kind {
      case "M":
        #expect(["process_name", "thread_name"].contains(name))
        let key = name == "process_name" ? "\(process)" : "\(process) \(thread)"
        // A name is given once, and before it is used.
        #expect(names[key] == nil)
        names[key] = try #require(arguments["name"] as? String)
      case "X":
        let (from, length) = (try #require(event["ts"] as? Double), event["dur"] as? Double)
        #expect(from >= 0 && (length ?? -1) >= 0)
        let track =
          try #require(names["\(process)"]) + "/" + #require(names["\(process) \(thread)"])
        bars[track, default: []].append((name, from, from + (length ?? 0)))
      case "C":
        let value = try #require(arguments.values.first as? Double)
        counters[try #require(names["\(process)"]) + "/" + name, default: []].append(value)
        #expect(event["ts"] is Double)
      case "i": #expect(event["s"] as? String == "g" && event["ts"] is Double)
      default: Issue.record("an event of kind \(kind)")
      }
    }
    for (track, all) in bars {
      let all = all.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
      for (before, after) in zip(all, all.dropFirst()) {
        #expect(before.to <= after.from, "\(track): \(before) overlaps \(after)")
      }
    }
  }
}

@Suite struct TimelineTests {
  private func folder(_ tables: [String: String]) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(
      #"""
      {"name": "run", "version": "1", "seed": 7, "digest": "ab", "events": 3,
       "simulated_s": 100, "scenario": {"outputs": []}}
      """#, to: "manifest.json")
    for (name, text) in tables { try folder.write(text, to: name) }
    return folder
  }

  private static let flowHeader = "flow,class,source,target,bytes,start_s,finish_s,bottleneck\n"

  private func rules(of folder: ScratchFolder, most: Int = 1_000_000) throws -> (
    TraceRules, Timeline
  ) {
    let timeline = try Timeline(of: folder.path, most: most)
    let path = folder.path + "/out.json"
    try timeline.write(to: path, replacing: true)
    return (try TraceRules(String(contentsOfFile: path, encoding: .utf8)), timeline)
  }

  @Test func barsAreThoseOfTheTables() throws {
    let folder = try folder([
      "flows.csv": Self.flowHeader
        + "f1,c,a,b,100,0,10,l\nf2,c,a,b,100,10,20.5,l\n\"f,\"\"3\"\"\",c,a,b,100,5,,ceiling\n",
      "jobs.csv": """
      job_id,pool,final_state,starting_time,finish_time,requested_number_of_resources,moves
      j1,p,COMPLETED_SUCCESSFULLY,1,3,8,0
      j2,p,RUNNING,2,,8,0
      j3,p,WAITING,,,8,0
      j4,p,COMPLETED_SUCCESSFULLY,2,9,8,1

      """,
      "lightpaths.csv":
        "lightpath,link,role,path,channel,lit_s,dark_s\nL1,ac,working,a;b;c,7,0,50\n",
      "events.csv":
        "time_s,event,subject,detail\n5,fibre-cut,ab,\n6,lightpath-lost,L1,\n",
      "links.csv":
        "time_s,link,capacity_bps,rate_bps\n10,l,100,50\n20,l,100,50\n30,l,100,25\n40,l,0,0\n",
    ])
    let (rules, timeline) = try rules(of: folder)
    #expect(timeline.leftOut.isEmpty)
    #expect(
      Set(rules.bars.keys) == [
        "flows from a/to b", "flows from a/to b (2)", "pool p/jobs", "pool p/jobs (2)",
        "fibre a – b/channel 7", "fibre b – c/channel 7",
      ])
    #expect(rules.bars["flows from a/to b"]?.map(\.name) == ["f1", "f2"])
    #expect(rules.bars["flows from a/to b"]?.map(\.to) == [10e6, 20.5e6])
    #expect(rules.bars["flows from a/to b (2)"]?.map(\.name) == ["f,\"3\""])
    #expect(rules.bars["flows from a/to b (2)"]?.map(\.to) == [100e6])
    #expect(rules.bars["pool p/jobs (2)"]?.map(\.to) == [100e6])
    // What stays the same is said once.
    #expect(rules.counters == ["links/l": [50, 25]])
    #expect(rules.events.filter { $0["ph"] as? String == "i" }.count == 1)
    #expect(timeline.count == rules.events.count { $0["ph"] as? String != "M" })
  }

  /// Random flows: none is lost, none overlaps, and of too many the longest are there.
  @Test func manyFlowsFindLanes() throws {
    var generator = SystemRandomNumberGenerator()
    var text = Self.flowHeader
    var lengths: [Double] = []
    for flow in 0..<3000 {
      let start = Double(Int.random(in: 0..<90_000, using: &generator)) / 1000
      let length = Double(Int.random(in: 0..<9000, using: &generator)) / 1000
      lengths.append(length)
      text += "f\(flow),c,s\(flow % 7),t\(flow % 3),1,\(start),\(start + length),l\n"
    }
    let folder = try folder(["flows.csv": text])
    let (all, _) = try rules(of: folder)
    #expect(all.bars.values.reduce(0) { $0 + $1.count } == 3000)
    let (some, timeline) = try rules(of: folder, most: 500)
    let kept = some.bars.values.flatMap { $0 }.map { ($0.to - $0.from) / 1e6 }
    #expect(kept.count <= 500 && kept.count > 450)
    #expect(timeline.leftOut.map(\.count) == [3000 - kept.count])
    let longest = lengths.sorted(by: >)
    #expect(abs((kept.min() ?? 0) - longest[kept.count - 1]) < 1e-3)
  }
}
