// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Ten clusters on a ring of 800 Gbps each way, with ports to their centres and to the provinces.
///
/// Half of the flows go between centres, four in ten come in from a province, one in ten goes out
/// to one. All take the shorter way round, and either where both are as long.
public struct Ring: Network {
  public let capacities: [Double]

  private static let clusters = 10
  private static let gatewaysPerCluster = 3

  public init() {
    let clusters = Ring.clusters
    let gateways = clusters * Ring.gatewaysPerCluster
    capacities =
      Array(repeating: 800 * gigabit, count: 2 * clusters)
      + Array(repeating: 1600 * gigabit, count: 2 * clusters)
      + Array(repeating: 400 * gigabit, count: 2 * gateways)
  }

  public func path(using stream: inout RandomStream) -> [Int] {
    let (source, target) = twoDifferent(below: Ring.clusters, using: &stream)
    let kind = stream.nextUniform()
    let gateway = Int.random(in: 0..<Ring.gatewaysPerCluster, using: &stream)
    let way = arc(from: source, to: target, using: &stream)
    if kind < 0.5 { return [leaving(source)] + way + [entering(target)] }
    if kind < 0.9 { return [ingress(source, gateway)] + way + [entering(target)] }
    return [leaving(source)] + way + [egress(target, gateway)]
  }

  private func arc(from source: Int, to target: Int, using stream: inout RandomStream) -> [Int] {
    let clusters = Ring.clusters
    let ahead = (target - source + clusters) % clusters
    let isClockwise = 2 * ahead < clusters || 2 * ahead == clusters && stream.nextUniform() < 0.5
    return isClockwise
      ? (0..<ahead).map { (source + $0) % clusters }
      : (0..<clusters - ahead).map { clusters + (source - $0 + clusters) % clusters }
  }

  // Links in order: clockwise, counter-clockwise, into centres, out of centres, in from
  // provinces, out to provinces.
  private func entering(_ cluster: Int) -> Int { 2 * Ring.clusters + cluster }
  private func leaving(_ cluster: Int) -> Int { 3 * Ring.clusters + cluster }
  private func ingress(_ cluster: Int, _ gateway: Int) -> Int {
    4 * Ring.clusters + cluster * Ring.gatewaysPerCluster + gateway
  }
  private func egress(_ cluster: Int, _ gateway: Int) -> Int {
    (4 + Ring.gatewaysPerCluster) * Ring.clusters + cluster * Ring.gatewaysPerCluster + gateway
  }
}
