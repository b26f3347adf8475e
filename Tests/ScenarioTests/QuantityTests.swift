// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing
import YAMLReader

@testable import Scenario

@Suite struct QuantityTests {
  /// What a text reads as; nil where it is refused.
  private func read<Value: ScenarioValue>(_ text: String, as type: Value.Type) -> Value? {
    var problems = Problems(file: "f")
    let value = Value.read(.text(text), path: .root, problems: &problems)
    #expect((value == nil) == (problems.all.count == 1))
    return value
  }

  @Test(arguments: [
    ("1 bps", 1), ("1 bit/s", 1), ("1 kbps", 1e3), ("1 kbit/s", 1e3), ("1 Mbps", 1e6),
    ("1 Mbit/s", 1e6), ("1 Gbps", 1e9), ("1 Gbit/s", 1e9), ("1 Tbps", 1e12), ("1 Tbit/s", 1e12),
    ("1 Pbps", 1e15), ("1 Pbit/s", 1e15), ("400Gbps", 4e11), ("0.4 Tbps", 4e11), ("4e2 Gbps", 4e11),
    ("+1.5e-3  kbps", 1.5), ("0 bps", 0), ("1000 Pbps", 1e18),
  ])
  func everyUnitOfBitRate(text: String, value: Double) {
    #expect(read(text, as: BitsPerSecond.self)?.value == value)
  }

  @Test(arguments: [
    ("1 B", 1), ("1 kB", 1e3), ("1 MB", 1e6), ("1 GB", 1e9), ("1 TB", 1e12), ("1 PB", 1e15),
    ("1 EB", 1e18), ("1 KiB", 1024), ("1 MiB", 1_048_576), ("1 GiB", 1_073_741_824),
    ("1 TiB", 1_099_511_627_776), ("10EB", 1e19), ("1.5 KiB", 1536),
  ])
  func everyUnitOfData(text: String, value: Double) {
    #expect(read(text, as: Bytes.self)?.value == value)
  }

  @Test(
    arguments: [
      ("1 ns", 1), ("1 us", 1000), ("1 µs", 1000), ("1 μs", 1000), ("1 ms", 1_000_000),
      ("1 s", 1_000_000_000), ("1 min", 60_000_000_000), ("1 h", 3_600_000_000_000),
      ("1 d", 86_400_000_000_000), ("0.1 s", 100_000_000), ("1.5 h", 5_400_000_000_000),
      ("9223372036854775807 ns", .max), ("9007199254740993 ns", 9_007_199_254_740_993),
    ] as [(String, Int64)])
  func everyUnitOfTime(text: String, nanoseconds: Int64) {
    #expect(read(text, as: SimDuration.self)?.nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    ("100 /s", 100), ("3 /min", 0.05), ("36 /h", 0.01), ("864 /d", 0.01), ("1e9 /s", 1e9),
  ])
  func everyUnitOfRate(text: String, perSecond: Double) throws {
    let value = try #require(read(text, as: Frequency.self)).perSecond
    // A sixtieth has no exact binary form: within two units in the last place.
    #expect(abs(value - perSecond) <= 2 * perSecond.ulp)
  }

  @Test(arguments: [
    "", "5", "Gbps", "1 gbps", "1 Gb", "-1 Gbps", "1001 Pbps", "1 Gbps x", "NaN bps",
  ])
  func otherTextsAreNoBitRate(text: String) {
    #expect(read(text, as: BitsPerSecond.self) == nil)
  }

  @Test(arguments: ["9223372036854775808 ns", "1e300 s", "292.5 y", "-1 s", "106752 d"])
  func otherTextsAreNoTime(text: String) {
    #expect(read(text, as: SimDuration.self) == nil)
  }

  @Test(arguments: [
    ("0.4 Tbps", "400 Gbps"), ("1500 Mbps", "1.5 Gbps"), ("0 kbps", "0 bps"),
    ("2.5 bps", "2.5 bps"), ("123456789 bps", "123.456789 Mbps"),
  ])
  func ratesAreWrittenInOneWay(text: String, written: String) {
    #expect(read(text, as: BitsPerSecond.self)?.node.summary == "\"\(written)\"")
  }

  @Test(arguments: [
    ("24 h", "1 d"), ("90 min", "90 min"), ("1500 ms", "1500 ms"), ("0 h", "0 s"),
    ("1000 us", "1 ms"), ("7 ns", "7 ns"),
  ])
  func timesAreWrittenInOneWay(text: String, written: String) {
    #expect(read(text, as: SimDuration.self)?.node.summary == "\"\(written)\"")
  }

  /// Numbers of all sizes, also those that no decimal of few digits gives.
  @Test(arguments: 0..<200) func whatIsWrittenReadsBackAsTheSame(seed: Int) throws {
    var bits = UInt64(seed + 1) &* 0x9E37_79B9_7F4A_7C15
    bits ^= bits >> 29
    let fraction = Double(bits >> 11) * 0x1p-53
    var power = 1.0
    for _ in 0..<(seed % 18) { power *= 10 }
    func back<Value: ScenarioValue>(_ value: Value) throws -> Value {
      var problems = Problems(file: "f")
      return try #require(Value.read(value.node, path: .root, problems: &problems))
    }
    // Rates below a bit a second are refused.
    let number = 1 + (seed.isMultiple(of: 2) ? fraction * power : (fraction * power).rounded())
    #expect(try back(BitsPerSecond(number)) == BitsPerSecond(number))
    #expect(try back(Bytes(number)) == Bytes(number))
    #expect(try back(Frequency(perSecond: fraction * 1e6)).perSecond == fraction * 1e6)
    let time = SimDuration(nanoseconds: Int64(bits >> (1 + UInt64(seed % 60))))
    #expect(try back(time) == time)
  }
}
