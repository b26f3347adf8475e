// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Statistics
internal import Traffic

/// The rows of one generator against what it was told.
struct GeneratorCheck {
  private let generator: Generator
  private let run: SwarmRun
  private let starts: [(number: Int, start: Int64, row: Table.Row)]

  init(_ generator: Generator, _ run: SwarmRun) {
    self.generator = generator
    self.run = run
    starts = run.rows("flows").compactMap { row in
      let name = row["flow"]
      guard name.hasPrefix(generator.name + "-"),
        let number = Int(name.dropFirst(generator.name.utf8.count + 1)),
        let start = row.nanoseconds("start_s")
      else { return nil }
      return (number, start, row)
    }.sorted { $0.number < $1.number }
  }

  func check(_ found: inout Findings) {
    guard run.has("flows") else { return }
    let name = generator.name
    if let count = generator.count {
      found.require(starts.count <= count, "\(name) brought \(starts.count) flows of \(count)")
    }
    for (place, flow) in starts.enumerated() {
      found.require(flow.number == place + 1, "\(name) has no flow \(place + 1)")
      found.require(
        flow.start >= generator.start.nanoseconds && flow.start < generator.stop.nanoseconds,
        "\(name)-\(flow.number) came at \(flow.start) ns")
      found.require(
        mayBe(size: flow.row.number("bytes") ?? 0),
        "\(name)-\(flow.number) has \(flow.row["bytes"]) B")
      found.require(
        flow.row["class"] == run.model.classes[generator.trafficClass].name,
        "class of \(name)-\(flow.number)")
    }
    for (one, next) in zip(starts, starts.dropFirst()) {
      found.require(one.start <= next.start, "\(name)-\(next.number) came before the one before")
    }
    checkEnds(&found)
    checkPace(&found)
  }

  private func mayBe(size: Double) -> Bool {
    switch generator.sizes {
    case .fixed(let value): abs(size - value) <= 1e-9 * value
    case .boundedPareto(_, let minimum, let maximum):
      size >= minimum * (1 - 1e-9) && size <= maximum * (1 + 1e-9)
    case .empirical(let values, _): values.contains { abs(size - $0) <= 1e-9 * $0 }
    default: size > 0
    }
  }

  private func checkEnds(_ found: inout Findings) {
    let model = run.model
    let pairs = generator.routes.map { share in
      let route = model.routes[share.route]
      return [route.source, route.target].map { $0.map { model.topology[$0] } ?? "" }
    }
    for flow in starts {
      found.require(
        pairs.contains([flow.row["source"], flow.row["target"]]),
        "\(generator.name)-\(flow.number) goes elsewhere")
    }
  }

  /// Where gaps are equal, so is the time between two flows, counted by the factors of the day.
  private func checkPace(_ found: inout Findings) {
    guard case .deterministic(let rate) = generator.arrivals else { return }
    let curve = generator.curve
    let daily = curve.daily.isEmpty ? [1] : curve.daily
    if let first = starts.first, curve.daily.isEmpty, curve.weekly.isEmpty {
      found.require(
        first.start == generator.start.nanoseconds, "\(generator.name)-1 does not come at the start"
      )
    }
    for (one, next) in zip(starts, starts.dropFirst()) {
      let gap = curveTime(daily, from: one.start, to: next.start, weekly: curve.weekly)
      found.near(
        gap, 1 / rate, relative: 1e-6, absolute: 1e-7, "gap before \(generator.name)-\(next.number)"
      )
    }
    guard let last = starts.last, starts.count < generator.count ?? .max else { return }
    let end = min(generator.stop.nanoseconds, run.outcome.end.nanoseconds)
    let rest = curveTime(daily, from: last.start, to: end, weekly: curve.weekly)
    found.require(
      rest <= 1 / rate * (1 + 1e-6) + 1e-6, "\(generator.name) stopped \(rest) s before its end")
  }
}
