// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import TestSupport
import Testing

/// What is booked of a link or a pool: from an instant to another, so much of it.
private struct Booked {
  var from: Int64
  var to: Int64
  var much: Int64
  /// From when on it is over, perhaps before it was to be.
  var over: Int64
}

/// A link or a pool of which much is there, and what is booked of it.
private struct PlainCalendar {
  var capacity: Int64
  var booked: [Booked] = []

  func free(at time: Int64, _ now: Int64) -> Int64 {
    capacity
      - booked.filter { $0.over > now && $0.from <= time && time < $0.to }
      .reduce(0) { $0 + $1.much }
  }

  func instants(from start: Int64, _ now: Int64) -> [Int64] {
    [start]
      + booked.filter { $0.over > now }.flatMap { [$0.from, $0.to] }.filter { $0 > start }.sorted()
  }

  func fits(_ much: Int64, from start: Int64, to end: Int64, _ now: Int64) -> Bool {
    instants(from: start, now).filter { $0 < end }.allSatisfy { free(at: $0, now) >= much }
  }

  /// The end of the window that is over first: each instant at which something changes is tried with
  /// each rate that is free at some instant.
  func firstEnd(bits: Double, from start: Int64, to deadline: Int64, now: Int64) -> Int64? {
    let instants = instants(from: start, now)
    let rates = Set(instants.map { free(at: $0, now) }).filter { $0 > 0 }
    let ends = instants.flatMap { begin in
      rates.compactMap { rate -> Int64? in
        let needed = (bits * 1e9 / Double(rate)).rounded(.up)
        guard needed < 1e15 else { return nil }
        let time = Int64(needed)
        let end = begin + time + 1000 + time >> 30
        return end <= deadline && fits(rate, from: begin, to: end, now) ? end : nil
      }
    }
    return ends.min()
  }

  func firstSlot(_ much: Int64, length: Int64, from start: Int64, now: Int64) -> Int64? {
    instants(from: start, now).first { fits(much, from: $0, to: $0 + length, now) }
  }
}

private struct Asked {
  var name: String
  var submit: Int64
  var accelerators: Int64
  var run: Int64
  var requested: Int64
  var input: Int64
  var output: Int64
  var deadline: Int64
}

/// Small random cases in which light and machines are scarce: each job books where every way of doing
/// so was tried, and is refused where none was found.
@Suite struct JobBookingBruteTests {
  private static let second: Int64 = 1_000_000_000

  private static func jobs(_ stream: inout RandomStream) -> [Asked] {
    var jobs: [Asked] = []
    var submit: Int64 = 0
    for number in 0..<14 {
      submit += Int64.random(in: 0...12, using: &stream)
      let requested = Int64.random(in: 1...40, using: &stream)
      jobs.append(
        Asked(
          name: "j\(number)", submit: submit * second,
          accelerators: Int64.random(in: 1...4, using: &stream),
          run: Int64.random(in: 1...requested, using: &stream) * second,
          requested: requested * second, input: Int64.random(in: 0...20, using: &stream),
          output: Int64.random(in: 0...2, using: &stream) * 5,
          deadline: (submit + Int64.random(in: 20...150, using: &stream)) * second))
    }
    return jobs
  }

  private static func text(_ jobs: [Asked]) -> String {
    let list = jobs.map {
      "    - {job: \($0.name), submit: \($0.submit / second) s, accelerators: \($0.accelerators), "
        + "run: \($0.run / second) s, requested: \($0.requested / second) s, "
        + "input: \($0.input) GB, output: \($0.output) GB, deadline: \($0.deadline / second) s}"
    }
    return """
      scenario: brute
      outputs: [summary, jobs, transfers, flows]
      network:
        links:
          - {name: AB, from: A, to: B, capacity: 8 Gbps, delay: 1 ms, two_way: true}
          - {name: AC, from: A, to: C, capacity: 4 Gbps, delay: 3 ms, two_way: true}
      pools:
        list:
          - {name: b, at: B, accelerator: cpu, count: 5, queue: conservative}
          - {name: c, at: C, accelerator: cpu, count: 4, queue: conservative}
      traffic:
      - jobs:
          input: {from: [A]}
          output: {to: A}
          reserve: {}
          list:
      \(list.map { "    " + $0 }.joined(separator: "\n"))
      """
  }

  @Test(arguments: 0..<40)
  func eachJobBooksWhereAllWasTried(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, name: "bookings")
    let jobs = Self.jobs(&stream)
    let bench = try ComputingBench(Self.text(jobs))
    let windows = try bench.run.rows(of: "transfers")
    let sites: [(pool: String, to: String, back: String, delay: Int64)] = [
      ("b", "AB", "AB:back", 1_000_000), ("c", "AC", "AC:back", 3_000_000),
    ]
    var light = Dictionary(
      uniqueKeysWithValues: sites.flatMap { site in
        let rate: Int64 = site.pool == "b" ? 8_000_000_000 : 4_000_000_000
        return [site.to, site.back].map { ($0, PlainCalendar(capacity: rate)) }
      })
    var machines = ["b": PlainCalendar(capacity: 5), "c": PlainCalendar(capacity: 4)]
    var held = 0
    for job in jobs {
      let now = job.submit
      var expected: (pool: String, start: Int64)?
      for site in sites where expected == nil {
        guard let pool = machines[site.pool], job.accelerators <= pool.capacity else { continue }
        var ready: Int64? = now
        if job.input > 0 {
          ready = light[site.to]?.firstEnd(
            bits: Double(job.input) * 8e9, from: now + site.delay, to: .max, now: now)
        }
        let slot = ready.flatMap {
          pool.firstSlot(job.accelerators, length: job.requested, from: $0, now: now)
        }
        guard let slot, slot + job.requested <= job.deadline else { continue }
        if job.output > 0 {
          let back = light[site.back]?.firstEnd(
            bits: Double(job.output) * 8e9, from: slot + job.requested + 1 + site.delay,
            to: job.deadline, now: now)
          guard back != nil else { continue }
        }
        expected = (site.pool, slot)
      }
      #expect(bench.text(job.name, "booking") == (expected == nil ? "refused" : "held"))
      guard let expected else {
        #expect(!windows.contains { $0["transfer"]?.hasPrefix(job.name + "/") == true })
        continue
      }
      held += 1
      #expect(bench.text(job.name, "pool") == expected.pool)
      #expect(nanoseconds(bench.text(job.name, "booked_start_s")) == expected.start)
      #expect(nanoseconds(bench.text(job.name, "starting_time")) == expected.start)
      #expect((nanoseconds(bench.text(job.name, "over_s")) ?? .max) <= job.deadline)
      let finish = try #require(nanoseconds(bench.text(job.name, "finish_time")))
      machines[expected.pool]?.booked.append(
        Booked(
          from: expected.start, to: expected.start + job.requested, much: job.accelerators,
          over: finish))
      for row in windows where row["transfer"]?.hasPrefix(job.name + "/") == true {
        let window = try self.window(row)
        let path = try #require(row["path"])
        // No channel twice: it fits beside all that was booked before.
        #expect(light[path]?.fits(window.much, from: window.from, to: window.to, now) == true)
        #expect(
          path.hasSuffix(":back")
            ? window.from > expected.start + job.requested : window.to <= expected.start)
        light[path]?.booked.append(window)
      }
    }
    #expect(held > 0)
    // Bytes: what was accepted has moved, each of them once.
    let bytes = jobs.filter { bench.text($0.name, "booking") == "held" }
      .reduce(0) { $0 + $1.input + $1.output }
    #expect(bench.run.summary("bytes_delivered") == Double(bytes) * 1e9)
  }

  private func window(_ row: [String: String]) throws -> Booked {
    Booked(
      from: try #require(nanoseconds(row["window_start_s"])),
      to: try #require(nanoseconds(row["window_end_s"])),
      much: try #require(row["rate_bps"].flatMap { Double($0) }.map { Int64($0) }),
      over: try #require(nanoseconds(row["finish_s"])))
  }

  private func nanoseconds(_ text: String?) -> Int64? {
    text.flatMap { Double($0) }.map { Int64(($0 * 1e9).rounded()) }
  }
}
