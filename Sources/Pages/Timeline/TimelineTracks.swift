// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// A bar on a track: what went on from when to when, in microseconds.
struct TimelineSlice {
  var process: String
  var thread: String
  var name: String
  var from: Int64
  var to: Int64
  /// Members of a JSON object.
  var details: String
}

struct TimelineInstant {
  var name: String
  var at: Int64
  var detail: String
}

/// A number by time; each point holds until the next.
struct TimelineCounter {
  var process: String
  var name: String
  var unit: String
  var points: [(at: Int64, value: Double)]

  /// Leaves points out whose value is that of the point before.
  init(process: String, name: String, unit: String, _ points: some Sequence<(Double, Double)>) {
    self.process = process
    self.name = name
    self.unit = unit
    self.points = []
    for (time, value) in points where !value.isNaN && self.points.last?.value != value {
      self.points.append((Timeline.microseconds(time), value))
    }
  }

  /// What waits and is used, and the price, of each pool or cluster.
  static func pools(_ table: TableReader) throws -> [TimelineCounter] {
    let name = table.columns.contains("cluster") ? "cluster" : "pool"
    let columns = try ["time_s", name, "used", "queued", "yuan_per_kwh"].map {
      try table.column($0)
    }
    var series = [SeriesTable(), SeriesTable(), SeriesTable()]
    while try table.advance() {
      let (time, place) = (try table.number(columns[0]), table.text(columns[1]))
      for index in series.indices {
        let value = try table.number(columns[2 + index])
        if !value.isNaN { series[index].add(value, of: place, at: time) }
      }
    }
    let kinds = [("in use", "accelerators"), ("queues", "jobs"), ("prices", "yuan/kWh")]
    return zip(kinds, series).flatMap { kind, table -> [TimelineCounter] in
      var table = table
      table.settle()
      return table.series.map {
        TimelineCounter(
          process: kind.0, name: $0.name, unit: kind.1, zip(table.times, $0.values))
      }
    }
  }
}

/// Bars by process and thread, on as many lanes as it takes for none to overlap.
struct TimelineTracks {
  private var slices: [TimelineSlice] = []
  private var lanes: [Lane] = []
  private var laneOf: [Int] = []

  struct Lane {
    var process: String
    var thread: String
    var number: Int
    var end: Int64
  }

  var count: Int { slices.count }

  mutating func add(_ slice: TimelineSlice) { slices.append(slice) }

  /// Gives each bar the first lane of its thread that is free when it begins.
  mutating func settle() {
    slices.sort { ($0.from, $0.to, $0.name) < ($1.from, $1.to, $1.name) }
    var known: [String: [Int]] = [:]
    laneOf = slices.map { slice in
      let key = slice.process + "\u{0}" + slice.thread
      let theirs = known[key, default: []]
      if let free = theirs.first(where: { lanes[$0].end <= slice.from }) {
        lanes[free].end = slice.to
        return free
      }
      known[key, default: []].append(lanes.count)
      lanes.append(
        Lane(
          process: slice.process, thread: slice.thread, number: theirs.count + 1, end: slice.to))
      return lanes.count - 1
    }
  }

  func write(to writer: inout TraceEventWriter) throws(ResultsError) {
    var threads: [Int] = []
    for lane in lanes {
      let name = lane.number == 1 ? lane.thread : "\(lane.thread) (\(lane.number))"
      threads.append(try writer.thread(name, of: lane.process))
    }
    for (slice, lane) in zip(slices, laneOf) {
      try writer.write(slice, process: lanes[lane].process, thread: threads[lane])
    }
  }
}

extension LinkUse {
  /// The use of each link that a page would show, in percent.
  var counters: [TimelineCounter] {
    shown.map { link in
      TimelineCounter(
        process: "links", name: names[link], unit: "%",
        zip(times, use(of: link).map { ($0 * 1000).rounded() / 10 }))
    }
  }
}
