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
  private mutating func jobs() throws -> [TimelineSlice] {
    guard let table = try folder.table("jobs") else { return [] }
    return try JobStay.all(in: table, end: folder.end).map { stay in
      TimelineSlice(
        name: stay.job, from: Self.microseconds(stay.from), to: Self.microseconds(stay.to),
        amount: stay.accelerators,
        details: tracks.details("\"state\":\(JSON.quoted(stay.state))"),
        track: tracks.track("pool \(stay.pool)", "jobs", amount: "accelerators"))
    }
  }

  /// A bar on each fibre that a lightpath goes over.
  private mutating func lightpaths() throws -> [TimelineSlice] {
    guard let table = try folder.table("lightpaths") else { return [] }
    let columns = try ["lightpath", "link", "role", "path", "channel", "lit_s", "dark_s"].map {
      try table.column($0)
    }
    var all: [TimelineSlice] = []
    while try table.advance() {
      let (from, dark) = (try table.number(columns[5]), try table.number(columns[6]))
      let nodes = table.text(columns[3]).split(separator: ";").map(String.init)
      let (link, role) = (table.text(columns[1]), table.text(columns[2]))
      let details = tracks.details("\"link\":\(JSON.quoted(link)),\"role\":\(JSON.quoted(role))")
      for (first, second) in zip(nodes, nodes.dropFirst()) {
        let ends = [first, second].sorted().joined(separator: " – ")
        all.append(
          TimelineSlice(
            name: table.text(columns[0]), from: Self.microseconds(from),
            to: Self.microseconds(dark.isNaN ? folder.end : dark), details: details,
            track: tracks.track("fibre \(ends)", "channel \(table.text(columns[4]))")))
      }
    }
    return all
  }

  /// Twice over the table: how long flows are, and those that are kept.
  private mutating func addFlows(atMost most: Int) throws {
    guard let first = try folder.table("flows"), let second = try folder.table("flows") else {
      return
    }
    var lengths: [Int64] = []
    while let (from, to) = try nextFlow(first) { lengths.append(to - from) }
    let least = lengths.count > most ? Self.threshold(lengths, most) : -1
    let before = tracks.count
    var columns = try FlowColumns(second)
    while let (from, to) = try nextFlow(second) {
      if to - from > least { tracks.add(try columns.slice(of: second, from, to, &tracks)) }
    }
    let dropped = lengths.count - (tracks.count - before)
    if dropped > 0 { leftOut.append(("flows", dropped)) }
  }

  /// When the flow of the next row begins and ends; nil behind the last.
  private func nextFlow(_ table: TableReader) throws -> (Int64, Int64)? {
    guard try table.advance() else { return nil }
    let (start, finish) = (try table.column("start_s"), try table.column("finish_s"))
    let to = try table.number(finish)
    return (
      Self.microseconds(try table.number(start)), Self.microseconds(to.isNaN ? folder.end : to)
    )
  }
}

/// The columns of flows.csv, and what many flows share, by their hashes.
private struct FlowColumns {
  private let places: [Int]
  private var tracks: [UInt64: Int32] = [:]
  private var limits: [UInt64: Int32] = [:]

  init(_ table: TableReader) throws {
    places = try ["flow", "bytes", "source", "target", "bottleneck"].map { try table.column($0) }
  }

  mutating func slice(
    of table: TableReader, _ from: Int64, _ to: Int64, _ all: inout TimelineTracks
  ) throws -> TimelineSlice {
    let ends = table.hash(places[2]) &* 31 &+ table.hash(places[3])
    let limit = table.hash(places[4])
    let track = tracks[ends] ?? self.track(of: table, &all)
    let details =
      limits[limit] ?? all.details("\"held_by\":\(JSON.quoted(table.text(places[4])))")
    (tracks[ends], limits[limit]) = (track, details)
    return TimelineSlice(
      name: table.text(places[0]), from: from, to: to, amount: try table.number(places[1]),
      details: details, track: track)
  }

  private func track(of table: TableReader, _ all: inout TimelineTracks) -> Int32 {
    let (source, target) = (table.text(places[2]), table.text(places[3]))
    return all.track(
      source.isEmpty ? "flows" : "flows from \(source)", target.isEmpty ? "flows" : "to \(target)",
      amount: "bytes")
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
