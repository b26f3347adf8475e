// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator

/// What the lightpaths of each link could carry at most, by what is lit over fibres in order.
struct LightUnderLinks {
  private struct Span {
    var from: Int64
    var to: Int64
    var rate: Double
  }

  private let run: SwarmRun
  private var spans: [String: [Span]] = [:]

  /// Nil where tables do not tell.
  init?(_ run: SwarmRun) {
    guard run.has("links"), run.has("lightpaths"), run.has("events") else { return nil }
    self.run = run
    let outages = LightUnderLinks.outages(run)
    for row in run.rows("lightpaths") where !row["link"].isEmpty {
      let lit = row.nanoseconds("lit_s") ?? 0
      let dark = row.nanoseconds("dark_s") ?? .max
      let fibres = Slot.fibres(of: row.parts("path"), in: run.model)
      var whole = [Span(from: lit, to: dark, rate: row.number("line_rate_bps") ?? 0)]
      for fibre in fibres {
        for outage in outages[run.model.light.plant.fibres[fibre].name] ?? [] {
          whole = whole.flatMap { LightUnderLinks.cut(outage, outOf: $0) }
        }
      }
      spans[row["link"], default: []] += whole
    }
  }

  /// Requires each sample of a link's capacity to be no more than that of its light.
  func check(_ found: inout Findings) {
    let names = Set(run.model.light.links.map(\.name))
    var last: [String: Int64] = [:]
    for row in run.rows("links") {
      let link = row["link"]
      let name = link.hasSuffix(":back") ? String(link.dropLast(5)) : link
      guard names.contains(name), let time = row.nanoseconds("time_s") else { continue }
      let from = last[link] ?? 0
      last[link] = time
      guard time > from else { continue }
      let most = (spans[name] ?? []).reduce(0.0) { sum, span in
        sum + Double(max(0, min(time, span.to) - max(from, span.from))) * span.rate
      }
      let capacity = row.number("capacity_bps") ?? 0
      found.require(
        capacity <= most / Double(time - from) * (1 + 1e-6) + 1,
        "\(link) has \(capacity) bps up to \(time) ns, and light for \(most / Double(time - from))")
    }
  }

  /// When each fibre was down.
  private static func outages(_ run: SwarmRun) -> [String: [(from: Int64, to: Int64)]] {
    var faults: [String: Int] = [:]
    var since: [String: Int64] = [:]
    var found: [String: [(from: Int64, to: Int64)]] = [:]
    for row in run.rows("events") {
      guard let time = row.nanoseconds("time_s") else { continue }
      let fibre = row["subject"]
      switch row["event"] {
      case "fibre-cut", "amplifier-fails":
        faults[fibre, default: 0] += 1
        if faults[fibre] == 1 { since[fibre] = time }
      case "fibre-mended", "amplifier-repaired":
        faults[fibre, default: 0] -= 1
        if faults[fibre] == 0, let from = since[fibre] {
          found[fibre, default: []].append((from, time))
          since[fibre] = nil
        }
      default: break
      }
    }
    for (fibre, from) in since { found[fibre, default: []].append((from, .max)) }
    return found
  }

  private static func cut(_ outage: (from: Int64, to: Int64), outOf span: Span) -> [Span] {
    guard outage.from < span.to, span.from < outage.to else { return [span] }
    var before = span
    var behind = span
    before.to = outage.from
    behind.from = outage.to
    return [before, behind].filter { $0.from < $0.to }
  }
}
