// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compression
internal import Results
internal import Text

/// What a run did by time, as trace events that any Perfetto viewer opens.
///
/// Jobs on pools, flows by where they come from, lightpaths on fibres, failures, and counters of
/// links, queues and prices. Bars of one track never overlap: those that do have a track each, as
/// the format wants of complete events. Of too many the longest are kept.
public struct Timeline {
  private let folder: RunFolder
  private var tracks = TimelineTracks()
  private var counters: [TimelineCounter] = []
  private var instants: [TimelineInstant] = []
  /// Those that the cap left out, by kind.
  public private(set) var leftOut: [(kind: String, count: Int)] = []

  /// Reads the folder of a run; about so many events are kept at most.
  public init(of path: String, most: Int = 1_000_000) throws {
    folder = try RunFolder(path)
    try addInstants(atMost: most / 50)
    try addCounters(atMost: most / 4)
    try add(jobs(), of: "jobs", atMost: most / 4)
    try add(lightpaths(), of: "lightpaths", atMost: most / 8)
    let used = tracks.count + counters.reduce(0) { $0 + $1.points.count } + instants.count
    try addFlows(atMost: max(0, most - used))
    tracks.settle()
  }

  /// How many events there are, names of tracks left out.
  public var count: Int {
    tracks.count + counters.reduce(0) { $0 + $1.points.count } + instants.count
  }

  /// Writes the file; one whose name ends in `.gz` is packed.
  public func write(to path: String, replacing replaces: Bool) throws {
    let format = path.hasSuffix(".gz") ? PackedFormat.gzip : nil
    try WholeFile.write(to: path, replacing: replaces, packedAs: format) {
      (file) throws(ResultsError) in
      var writer = TraceEventWriter(to: file)
      try writer.begin(title: folder.name, seed: folder.seed, digest: folder.digest)
      try tracks.write(to: &writer)
      for counter in counters { try writer.write(counter) }
      for instant in instants { try writer.write(instant) }
      try writer.end()
    }
  }

  private mutating func add(
    _ slices: [TimelineSlice], of kind: String, atMost most: Int
  ) throws {
    let least = slices.count > most ? Self.threshold(slices.map { $0.to - $0.from }, most) : -1
    var dropped = 0
    for slice in slices {
      if slice.to - slice.from > least { tracks.add(slice) } else { dropped += 1 }
    }
    if dropped > 0 { leftOut.append((kind, dropped)) }
  }

  /// The length above which at most so many are.
  static func threshold(_ lengths: [Int64], _ most: Int) -> Int64 {
    lengths.sorted(by: >)[most]
  }

  /// Whole microseconds, which is what the format counts in.
  static func microseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1e6).rounded()) }
}

// MARK: - Bars

extension Timeline {
  private func jobs() throws -> [TimelineSlice] {
    guard let table = try folder.table("jobs") else { return [] }
    return try JobStay.all(in: table, end: folder.end).map {
      TimelineSlice(
        process: "pool \($0.pool)", thread: "jobs", name: $0.job, from: Self.microseconds($0.from),
        to: Self.microseconds($0.to),
        details:
          "\"accelerators\":\(Digits.whole($0.accelerators)),\"state\":\(JSON.quoted($0.state))"
      )
    }
  }

  /// A bar on each fibre that a lightpath goes over.
  private func lightpaths() throws -> [TimelineSlice] {
    guard let table = try folder.table("lightpaths") else { return [] }
    let columns = try ["lightpath", "link", "role", "path", "channel", "lit_s", "dark_s"].map {
      try table.column($0)
    }
    var all: [TimelineSlice] = []
    while try table.advance() {
      let (from, dark) = (try table.number(columns[5]), try table.number(columns[6]))
      let nodes = table.text(columns[3]).split(separator: ";").map(String.init)
      let link = table.text(columns[1])
      let details = "\"link\":\(JSON.quoted(link)),\"role\":\(JSON.quoted(table.text(columns[2])))"
      for (first, second) in zip(nodes, nodes.dropFirst()) {
        let ends = [first, second].sorted().joined(separator: " – ")
        all.append(
          TimelineSlice(
            process: "fibre \(ends)", thread: "channel \(table.text(columns[4]))",
            name: table.text(columns[0]), from: Self.microseconds(from),
            to: Self.microseconds(dark.isNaN ? folder.end : dark), details: details))
      }
    }
    return all
  }

  /// Twice over the table: how long flows are, and those that are kept.
  private mutating func addFlows(atMost most: Int) throws {
    guard let first = try folder.table("flows") else { return }
    var lengths: [Int64] = []
    try eachFlow(first) { _, from, to in lengths.append(to - from) }
    let least = lengths.count > most ? Self.threshold(lengths, most) : -1
    lengths = []
    var dropped = 0
    guard let second = try folder.table("flows") else { return }
    let columns = try ["flow", "source", "target", "bytes", "bottleneck"].map {
      try second.column($0)
    }
    var kept: [TimelineSlice] = []
    try eachFlow(second) { table, from, to in
      guard to - from > least else {
        dropped += 1
        return
      }
      kept.append(Self.slice(of: table, columns, from, to))
    }
    for slice in kept { tracks.add(slice) }
    if dropped > 0 { leftOut.append(("flows", dropped)) }
  }

  private func eachFlow(
    _ table: TableReader, _ take: (TableReader, Int64, Int64) throws -> Void
  ) throws {
    let (start, finish) = (try table.column("start_s"), try table.column("finish_s"))
    while try table.advance() {
      let (from, to) = (try table.number(start), try table.number(finish))
      try take(table, Self.microseconds(from), Self.microseconds(to.isNaN ? folder.end : to))
    }
  }

  private static func slice(
    of table: TableReader, _ columns: [Int], _ from: Int64, _ to: Int64
  ) -> TimelineSlice {
    let source = table.isEmpty(columns[1]) ? "" : " from " + table.text(columns[1])
    let target = table.isEmpty(columns[2]) ? "flows" : "to " + table.text(columns[2])
    let limit = table.text(columns[4])
    return TimelineSlice(
      process: "flows" + source, thread: target, name: table.text(columns[0]), from: from, to: to,
      details: "\"bytes\":\(table.text(columns[3])),\"held_by\":\(JSON.quoted(limit))")
  }
}

// MARK: - Counters and instants

extension Timeline {
  private mutating func addCounters(atMost most: Int) throws {
    var all: [TimelineCounter] = []
    if let table = try folder.table("clusters") ?? folder.table("pools") {
      all += try TimelineCounter.pools(table)
    }
    if let use = try folder.table("links").map({ try LinkUse($0) }) { all += use.counters }
    var room = most
    var dropped = 0
    for counter in all {
      if counter.points.count <= room {
        room -= counter.points.count
        counters.append(counter)
      } else {
        dropped += 1
      }
    }
    if dropped > 0 { leftOut.append(("counters", dropped)) }
  }

  private mutating func addInstants(atMost most: Int) throws {
    guard let table = try folder.table("events") else { return }
    let columns = try ["time_s", "event", "subject", "detail"].map { try table.column($0) }
    var dropped = 0
    while try table.advance() {
      guard !table.text(columns[1]).hasPrefix("lightpath-") else { continue }
      guard instants.count < most else {
        dropped += 1
        continue
      }
      instants.append(
        TimelineInstant(
          name: table.text(columns[1]) + " " + table.text(columns[2]),
          at: Self.microseconds(try table.number(columns[0])), detail: table.text(columns[3])))
    }
    if dropped > 0 { leftOut.append(("events", dropped)) }
  }
}
