// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Whole flows of few windows against packets, and what sees the end of a message.
@Suite struct MessageEndTests {
  /// The mean and its standard error, in slots.
  private func packets(
    _ isSelective: Bool, loss: Double, window: Int, packets: Int
  ) -> (mean: Double, error: Double) {
    let runs = max(40, min(4000, 400_000 / packets))
    var sum = 0.0
    var squares = 0.0
    for seed in 0..<runs {
      var line = PacketLine(
        loss: loss, window: window, roundTrip: 60, timeout: 180, packets: packets,
        seed: UInt64(seed))
      let slots = Double(isSelective ? line.selectiveRepeat() : line.goBackN())
      sum += slots
      squares += slots * slots
    }
    let mean = sum / Double(runs)
    return (mean, (max(0, squares / Double(runs) - mean * mean) / Double(runs)).squareRoot())
  }

  /// Packets of 10 us, 60 in a round trip; windows of one and three, messages of a sixth of a round trip to 50.
  @Test(arguments: [
    "go-back-n", "selective-repeat, window: 75 kB", "selective-repeat, window: 225 kB",
  ])
  func aMessageOfAnyLengthTakesTheMeanTimeOfPackets(transport: String) throws {
    let window = transport.contains("225") ? 180 : 60
    for loss in [1e-3, 5e-3, 0.02] {
      let lengths = [1, 10, 60, 150, 600, 3000]
      let lines = lengths.map {
        TransportRun.Line(
          capacity: "1 Gbps", roundTrip_ns: 600_000, loss: "\(loss)", bytes: 1250 * $0)
      }
      let found = try TransportRun("rocev2-\(transport), packet: 1250 B", lines).seconds(lines)
      for (length, seconds) in zip(lengths, found) {
        let expected = packets(
          transport.hasPrefix("selective"), loss: loss, window: window, packets: length)
        let slots = seconds / 10e-6
        #expect(
          abs(slots - expected.mean) < 0.06 * expected.mean + 3 * expected.error,
          "\(loss), \(length) packets: \(slots), not \(expected)")
      }
    }
  }

  /// 819.2 MB over 1,000 km at 100 Gbit/s, window of three bandwidth-delay products, 1e-4 lost: five
  /// runs of a packet model on ns-3 devices took 1.113 (0.010) of the line's time.
  @Test func theLastRoundTripIsThere() throws {
    let line = TransportRun.Line(
      capacity: "100 Gbps", roundTrip_ns: 10_002_000, loss: "1e-4", bytes: 819_200_000)
    let run = try TransportRun("rocev2-selective-repeat, window: 375 MB", [line])
    let seconds = try #require(run.seconds([line]).first)
    #expect(abs(seconds / 65.536e-3 - 1.1134) < 0.02)
    // Some 7 ms of it are the loss of the link, and all bytes are there.
    let held = try run.workspace.rows(of: "out/bottlenecks.csv")
    let tail = held.filter { $0["limit"] == "loss" && $0["cause"] == "given" && $0["link"] == "l0" }
      .reduce(0) { $0 + (Double($1["flow_s"] ?? "") ?? 0) }
    #expect(tail > 6e-3)
    let all = held.reduce(0) { $0 + (Double($1["flow_s"] ?? "") ?? 0) }
    #expect(abs(all - seconds) < 1e-6)
    let summary = try run.workspace.rows(of: "out/summary.csv")
    #expect(summary.first { $0["metric"] == "bytes_delivered" }?["value"] == "819200000")
    let explained = try run.workspace.cpnsim("explain", "out", "flow", "f0")
    #expect(explained.code == 0 && explained.output.contains("loss"))
  }

  @Test(arguments: ["rocev2-selective-repeat, window: 100 MB", "rocev2-go-back-n", "bbr"])
  func withoutLossNothingIsAdded(transport: String) throws {
    // 1 MB in 800 us, to the nanosecond.
    let line = TransportRun.Line(
      capacity: "10 Gbps", roundTrip_ns: 1_000_000, loss: "0", bytes: 1_000_000)
    let run = try TransportRun(transport, [line])
    #expect(try run.workspace.rows(of: "out/flows.csv").first?["finish_s"] == "0.0013")
  }

  /// One segment that is lost with 1/100 and waits 200 ms each time: 200 ms p/(1 - p).
  @Test(arguments: ["tcp-reno", "tcp-cubic", "bbr"])
  func nobodyTellsOfALastSegment(transport: String) throws {
    let line = TransportRun.Line(
      capacity: "10 Gbps", roundTrip_ns: 1_000_000, loss: "0.01", bytes: 1448)
    let seconds = try #require(TransportRun(transport, [line]).seconds([line]).first)
    let sending = transport == "bbr" ? 0 : 1448 * 8 / 94e6
    #expect(abs(seconds - sending - 2.0202e-3) < 0.1e-3, "\(seconds)")
  }

  @Test func aRunThatEndsInATailCountsItsFlow() throws {
    // 10 packets of 32.8 us and 10 ms there: sent at 5.33 ms, mended some ms later.
    let line = TransportRun.Line(
      capacity: "1 Gbps", roundTrip_ns: 10_000_000, loss: "0.3", bytes: 40_960)
    let run = try TransportRun("rocev2-selective-repeat", [line], duration: "7 ms")
    let flows = try run.workspace.rows(of: "out/flows.csv")
    #expect(flows.count == 1 && flows.first?["finish_s"] == "")
    let summary = Dictionary(
      try run.workspace.rows(of: "out/summary.csv").map { ($0["metric"] ?? "", $0["value"] ?? "") },
      uniquingKeysWith: { first, _ in first })
    #expect(summary["flows_unfinished"] == "1" && summary["bytes_left"] == "0")
    #expect(summary["bytes_delivered"] == "40960")
  }
}
