// SPDX-License-Identifier: GPL-3.0-or-later

/// One flow over a lossy link, packet by packet: the means of several runs of ns-3 3.37.
///
/// RDMA is a model of its sender and receiver on ns-3 devices, with packets of 4,098 bytes on the wire and
/// a time-out of three round trips and 0.1 ms. TCP is ns-3's own, NewReno and CUBIC, segments of 1,448 bytes, two an
/// acknowledgement, least time-out 200 ms, over 1 Gbit/s, at most 200,000 packets a run.
struct TransportRow {
  let transport: String
  let capacity: String
  let roundTrip_ns: Int
  let loss: String
  /// Packets of the message; 0 for a flow without end.
  let packets: Int
  /// Time in that of the line, or a rate in bit/s; and the standard error of the mean.
  let found: Double
  let error: Double
  let runs: Int

  init(
    _ transport: String, _ capacity: String, _ roundTrip_ns: Int, _ loss: String, packets: Int,
    _ time: Double, _ error: Double, runs: Int
  ) {
    self.transport = transport
    self.capacity = capacity
    self.roundTrip_ns = roundTrip_ns
    self.loss = loss
    self.packets = packets
    found = time
    self.error = error
    self.runs = runs
  }

  init(
    _ transport: String, _ capacity: String, _ roundTrip_ns: Int, _ loss: String, rate: Double,
    _ error: Double, runs: Int
  ) {
    self.init(transport, capacity, roundTrip_ns, loss, packets: 0, rate, error, runs: runs)
  }

  private typealias Row = TransportRow

  static let all: [TransportRow] = [
    Row(
      "rocev2-go-back-n", "100 Gbps", 1002000, "0.0001", packets: 10000, 1.4129, 0.0745, runs: 20),
    Row("rocev2-go-back-n", "100 Gbps", 1002000, "0.0001", packets: 50000, 1.3747, 0.0374, runs: 8),
    Row(
      "rocev2-go-back-n", "100 Gbps", 1002000, "0.0001", packets: 200000, 1.3457, 0.0197, runs: 5),
    Row("rocev2-go-back-n", "100 Gbps", 1002000, "0.001", packets: 2000, 4.1349, 0.4503, runs: 20),
    Row("rocev2-go-back-n", "100 Gbps", 1002000, "0.001", packets: 10000, 4.3800, 0.2897, runs: 20),
    Row("rocev2-go-back-n", "100 Gbps", 1002000, "0.001", packets: 50000, 4.3274, 0.1543, runs: 8),
    Row("rocev2-go-back-n", "100 Gbps", 1002000, "0.001", packets: 200000, 4.0623, 0.1068, runs: 5),
    Row(
      "rocev2-go-back-n", "100 Gbps", 10002000, "0.0001", packets: 10000, 4.5087, 0.7095, runs: 20),
    Row(
      "rocev2-go-back-n", "100 Gbps", 10002000, "0.0001", packets: 50000, 4.5088, 0.6075, runs: 8),
    Row(
      "rocev2-go-back-n", "100 Gbps", 10002000, "0.0001", packets: 200000, 4.0816, 0.2788, runs: 5),
    Row(
      "rocev2-go-back-n", "100 Gbps", 10002000, "0.001", packets: 2000, 32.2736, 4.4922, runs: 20),
    Row(
      "rocev2-go-back-n", "100 Gbps", 10002000, "0.001", packets: 10000, 33.0364, 1.4259, runs: 20),
    Row(
      "rocev2-go-back-n", "100 Gbps", 10002000, "0.001", packets: 50000, 30.5956, 1.6227, runs: 8),
    Row(
      "rocev2-go-back-n", "100 Gbps", 10002000, "0.001", packets: 200000, 31.1143, 0.8475, runs: 5),
    Row(
      "rocev2-selective-repeat, window: 12535782 B", "100 Gbps", 1002000, "0.0001", packets: 10000,
      1.2799, 0.0503, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 12535782 B", "100 Gbps", 1002000, "0.0001", packets: 50000,
      1.2790, 0.0203, runs: 8),
    Row(
      "rocev2-selective-repeat, window: 12535782 B", "100 Gbps", 1002000, "0.0001", packets: 200000,
      1.2660, 0.0197, runs: 5),
    Row(
      "rocev2-selective-repeat, window: 12535782 B", "100 Gbps", 1002000, "0.001", packets: 2000,
      2.0449, 0.1156, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 12535782 B", "100 Gbps", 1002000, "0.001", packets: 10000,
      1.7840, 0.0302, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 12535782 B", "100 Gbps", 1002000, "0.001", packets: 50000,
      1.7580, 0.0167, runs: 8),
    Row(
      "rocev2-selective-repeat, window: 12535782 B", "100 Gbps", 1002000, "0.001", packets: 200000,
      1.7705, 0.0071, runs: 5),
    Row(
      "rocev2-selective-repeat, window: 125034078 B", "100 Gbps", 10002000, "0.0001",
      packets: 10000, 2.8900, 0.2892, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 125034078 B", "100 Gbps", 10002000, "0.0001",
      packets: 50000, 1.9459, 0.0857, runs: 8),
    Row(
      "rocev2-selective-repeat, window: 125034078 B", "100 Gbps", 10002000, "0.0001",
      packets: 200000, 1.7902, 0.0295, runs: 5),
    Row(
      "rocev2-selective-repeat, window: 125034078 B", "100 Gbps", 10002000, "0.001", packets: 2000,
      13.7121, 1.2264, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 125034078 B", "100 Gbps", 10002000, "0.001", packets: 10000,
      3.9538, 0.0212, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 125034078 B", "100 Gbps", 10002000, "0.001", packets: 50000,
      2.2041, 0.0035, runs: 8),
    Row(
      "rocev2-selective-repeat, window: 125034078 B", "100 Gbps", 10002000, "0.001",
      packets: 200000, 2.2651, 0.1287, runs: 5),
    Row(
      "rocev2-selective-repeat, window: 37586856 B", "100 Gbps", 1002000, "0.0001", packets: 10000,
      1.0663, 0.0233, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 37586856 B", "100 Gbps", 1002000, "0.0001", packets: 50000,
      1.0116, 0.0068, runs: 8),
    Row(
      "rocev2-selective-repeat, window: 37586856 B", "100 Gbps", 1002000, "0.0001", packets: 200000,
      1.0014, 0.0013, runs: 5),
    Row(
      "rocev2-selective-repeat, window: 37586856 B", "100 Gbps", 1002000, "0.001", packets: 2000,
      2.0449, 0.1156, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 37586856 B", "100 Gbps", 1002000, "0.001", packets: 10000,
      1.2547, 0.0387, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 37586856 B", "100 Gbps", 1002000, "0.001", packets: 50000,
      1.0813, 0.0252, runs: 8),
    Row(
      "rocev2-selective-repeat, window: 37586856 B", "100 Gbps", 1002000, "0.001", packets: 200000,
      1.0305, 0.0095, runs: 5),
    Row(
      "rocev2-selective-repeat, window: 375085842 B", "100 Gbps", 10002000, "0.0001",
      packets: 10000, 2.8900, 0.2892, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 375085842 B", "100 Gbps", 10002000, "0.0001",
      packets: 50000, 1.4681, 0.0357, runs: 8),
    Row(
      "rocev2-selective-repeat, window: 375085842 B", "100 Gbps", 10002000, "0.0001",
      packets: 200000, 1.1134, 0.0095, runs: 5),
    Row(
      "rocev2-selective-repeat, window: 375085842 B", "100 Gbps", 10002000, "0.001", packets: 2000,
      13.7121, 1.2264, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 375085842 B", "100 Gbps", 10002000, "0.001", packets: 10000,
      3.9538, 0.0212, runs: 20),
    Row(
      "rocev2-selective-repeat, window: 375085842 B", "100 Gbps", 10002000, "0.001", packets: 50000,
      1.5945, 0.0035, runs: 8),
    Row(
      "rocev2-selective-repeat, window: 375085842 B", "100 Gbps", 10002000, "0.001",
      packets: 200000, 1.1499, 0.0015, runs: 5),
    Row("tcp-cubic", "964 Mbps", 100000, "0.0001", rate: 962.55e6, 0.54e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 100000, "0.001", rate: 514.58e6, 106.25e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 100000, "0.003", rate: 269.54e6, 43.28e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 1000000, "0.0001", rate: 419.90e6, 62.63e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 1000000, "0.001", rate: 69.71e6, 4.41e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 1000000, "0.003", rate: 43.53e6, 1.53e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 10000000, "0.0001", rate: 74.09e6, 16.17e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 10000000, "0.001", rate: 9.92e6, 0.30e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 10000000, "0.003", rate: 4.79e6, 0.19e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 50000000, "0.0001", rate: 29.50e6, 1.93e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 50000000, "0.001", rate: 5.71e6, 0.54e6, runs: 5),
    Row("tcp-cubic", "964 Mbps", 50000000, "0.003", rate: 2.07e6, 0.08e6, runs: 5),
    Row("tcp-reno, sack: false", "964 Mbps", 100000, "0.0001", rate: 963.56e6, 0.13e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 100000, "0.0001", rate: 962.08e6, 0.14e6, runs: 5),
    Row("tcp-reno, sack: false", "964 Mbps", 100000, "0.001", rate: 961.60e6, 0.32e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 100000, "0.001", rate: 959.95e6, 0.52e6, runs: 5),
    Row("tcp-reno, sack: false", "964 Mbps", 100000, "0.003", rate: 688.89e6, 56.20e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 100000, "0.003", rate: 355.50e6, 171.62e6, runs: 5),
    Row("tcp-reno, sack: false", "964 Mbps", 1000000, "0.0001", rate: 831.06e6, 33.69e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 1000000, "0.0001", rate: 828.20e6, 37.62e6, runs: 5),
    Row("tcp-reno, sack: false", "964 Mbps", 1000000, "0.001", rate: 324.32e6, 6.32e6, runs: 10),
    Row("tcp-reno", "964 Mbps", 1000000, "0.001", rate: 311.55e6, 9.15e6, runs: 5),
    Row("tcp-reno, sack: false", "964 Mbps", 1000000, "0.003", rate: 167.11e6, 5.60e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 1000000, "0.003", rate: 112.01e6, 30.63e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 10000000, "0.0001", rate: 110.22e6, 10.88e6, runs: 5),
    Row("tcp-reno, sack: false", "964 Mbps", 10000000, "0.001", rate: 33.06e6, 0.88e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 10000000, "0.001", rate: 31.59e6, 0.83e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 10000000, "0.003", rate: 11.38e6, 3.14e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 50000000, "0.0001", rate: 22.76e6, 2.23e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 50000000, "0.001", rate: 6.40e6, 0.28e6, runs: 5),
    Row("tcp-reno", "964 Mbps", 50000000, "0.003", rate: 2.62e6, 0.50e6, runs: 5),
  ]
}
