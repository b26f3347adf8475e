// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Simulator
internal import Traffic

extension Check {
  /// Tokens against what sources ask for and sites can serve.
  static let tokens = [
    Check(name: "sites serve no more tokens than they can") { run, found in
      for traffic in run.model.tokens { checkSites(traffic, run, &found) }
    },
    Check(name: "places ask for tokens by their weights, and for all that was told") { run, found in
      for traffic in run.model.tokens { checkSources(traffic, run, &found) }
    },
    Check(name: "sites' steps add up to what services say") { run, found in
      guard run.has("tokens"), run.has("token-sites") else { return }
      // What is lost is a difference of what is offered and served, and as exact as these.
      let offered = run.tables["tokens"]?.total("offered_tokens") ?? 0
      for column in ["offered", "served", "refused", "lost", "offered_input", "offered_output"] {
        found.near(
          run.tables["token-sites"]?.total(column + "_tokens") ?? 0,
          run.tables["tokens"]?.total(column + "_tokens") ?? 0, relative: 1e-6,
          absolute: 1 + 1e-11 * offered, "\(column)_tokens of token-sites.csv")
      }
    },
    Check(name: "what is waited for at engines is what sites were asked") { run, found in
      for traffic in run.model.tokens where run.has("token-waits") && run.has("tokens") {
        checkWaits(traffic, run, &found)
      }
    },
  ]

  private static func checkWaits(
    _ traffic: TokenTraffic, _ run: SwarmRun, _ found: inout Findings
  ) {
    let rows = run.rows("token-waits").filter { $0["traffic"] == traffic.name }
    guard let engines = traffic.engines else {
      return found.require(rows.isEmpty, "\(traffic.name) has waits that nobody asked for")
    }
    let sizes = Dictionary(
      uniqueKeysWithValues: traffic.services.map { ($0.name, $0.tokensPerRequest) })
    let asked = run.rows("tokens").filter { $0["traffic"] == traffic.name && $0["site"] != "" }
      .reduce(0) {
        $0 + ($1.number("offered_tokens") ?? 0) / (sizes[$1["service"]] ?? .infinity)
      }
    found.near(
      rows.reduce(0) { $0 + ($1.number("requests") ?? 0) }, asked, relative: 1e-6, absolute: 1e-3,
      "requests of \(traffic.name) at engines")
    for row in rows {
      found.require(
        (row.number("load") ?? 0) <= engines.fill + 1e-6,
        "\(row["site"]) is given work for \(row["load"])")
      found.require(
        (row.number("ttft_p50_s") ?? 0) <= (row.number("ttft_p99_s") ?? 0) + 1e-12,
        "half of the requests at \(row["site"]) wait longer than 99 of 100")
    }
  }

  /// Nothing is busy for more than all its time, in any step and over the run.
  private static func checkSites(
    _ traffic: TokenTraffic, _ run: SwarmRun, _ found: inout Findings
  ) {
    let seconds = seconds(of: traffic, run)
    for site in traffic.sites {
      guard let speed = site.speed else { continue }
      let rows = run.rows("tokens").filter {
        $0["traffic"] == traffic.name && $0["site"] == site.node
      }
      let busy = rows.reduce(0) { $0 + time(of: $1, speed) }
      found.require(
        busy <= seconds * (1 + 1e-6) + 1e-6, "\(site.node) is busy for \(busy) of \(seconds) s")
    }
    for row in run.rows("token-sites") where row["traffic"] == traffic.name {
      guard let site = traffic.sites.first(where: { $0.node == row["site"] }),
        let speed = site.speed, let start = row.number("start_s"), let end = row.number("end_s")
      else { continue }
      found.near(
        time(of: row, speed), (end - start) * (row.number("use") ?? 0), relative: 1e-6,
        absolute: 1e-6, "the time that \(site.node) is busy from \(start) s on")
      found.require(
        (row.number("use") ?? 0) <= 1 + 1e-6,
        "\(site.node) is used \(row["use"]) from \(start) s on")
    }
  }

  private static func checkSources(
    _ traffic: TokenTraffic, _ run: SwarmRun, _ found: inout Findings
  ) {
    let rows = run.rows("tokens").filter { $0["traffic"] == traffic.name }
    let weights = traffic.sources.reduce(0) { $0 + $1.weight }
    let all = rows.reduce(0) { $0 + ($1.number("offered_tokens") ?? 0) }
    for source in traffic.sources {
      let own = rows.filter { $0["source"] == source.node }
        .reduce(0) { $0 + ($1.number("offered_tokens") ?? 0) }
      found.near(
        own, all * source.weight / weights, relative: 1e-6, absolute: 1e-3,
        "tokens from \(source.node)")
    }
    let expected = asked(traffic, run)
    found.near(all, expected, relative: 1e-6, absolute: 1e-3, "tokens asked of \(traffic.name)")
  }

  /// What all services are asked for while they are, by their curves of the day.
  private static func asked(_ traffic: TokenTraffic, _ run: SwarmRun) -> Double {
    let end = min(traffic.stop.nanoseconds, run.outcome.end.nanoseconds)
    guard end > traffic.start.nanoseconds else { return 0 }
    let shares = traffic.services.reduce(0) { $0 + $1.share }
    return traffic.services.reduce(0) { sum, service in
      let daily = service.daily.isEmpty ? [1] : service.daily
      let mean = daily.reduce(0, +) / Double(daily.count)
      let time = curveTime(daily, from: traffic.start.nanoseconds, to: end) / mean
      return sum + traffic.tokensPerSecond * service.share / shares * time
    }
  }

  private static func time(of row: Table.Row, _ speed: TokenSpeed) -> Double {
    (row.number("offered_input_tokens") ?? 0) / speed.input
      + (row.number("offered_output_tokens") ?? 0) / speed.output
  }

  private static func seconds(of traffic: TokenTraffic, _ run: SwarmRun) -> Double {
    let end = min(traffic.stop.nanoseconds, run.outcome.end.nanoseconds)
    return max(0, Double(end - traffic.start.nanoseconds) / 1e9)
  }
}
