// SPDX-License-Identifier: GPL-3.0-or-later
internal import Policies

/// Holds what a program gives to flows to what can be.
///
/// It names flows that send, each once. A rate is no less than the floor, no more than the ceiling,
/// and all of them together find room beyond the floors on every link.
struct BandwidthCheck {
  let seam: OutsideSeam
  let flows: [BandwidthOutside.Flow]
  let link: (Int32) -> String

  /// What rounding may leave of a rate.
  private static let rounding = 1e-9

  /// Those with a rate first, then those in order, then all others as they stand.
  func shares(
    _ reply: BandwidthReply, _ room: (Int32) -> Double
  ) throws(RunError) -> [BandwidthOutside.Share] {
    let places = Dictionary(
      flows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var isNamed = flows.map { _ in false }
    func place(of name: String) throws(RunError) -> Int {
      guard let place = places[name] else {
        throw seam.wrong("found the flow \"\(name)\", expected one of those that send")
      }
      guard !isNamed[place] else {
        throw seam.wrong("found the flow \"\(name)\" twice, expected each once")
      }
      isNamed[place] = true
      return place
    }
    var shares: [BandwidthOutside.Share] = []
    for rate in reply.rates {
      let flow = try place(of: rate.flow)
      shares.append(.init(flow: flow, beyondFloor: try extra(of: flows[flow], at: rate.rate)))
    }
    try checkRoom(for: shares, room)
    for name in reply.order { shares.append(.init(flow: try place(of: name), beyondFloor: nil)) }
    for flow in flows.indices where !isNamed[flow] {
      shares.append(.init(flow: flow, beyondFloor: nil))
    }
    return shares
  }

  private func extra(
    of flow: BandwidthOutside.Flow, at rate: Double
  ) throws(RunError) -> Double {
    guard rate >= flow.floor * (1 - Self.rounding), rate <= flow.ceiling * (1 + Self.rounding)
    else {
      throw seam.wrong(
        "found the rate \(rate) for the flow \"\(flow.name)\", expected one from its floor "
          + "\(flow.floor) to its ceiling \(flow.ceiling)")
    }
    return min(max(0, rate - flow.floor), flow.ceiling - flow.floor)
  }

  private func checkRoom(
    for shares: [BandwidthOutside.Share], _ room: (Int32) -> Double
  ) throws(RunError) {
    var taken: [Int32: Double] = [:]
    for share in shares {
      for link in flows[share.flow].links { taken[link, default: 0] += share.beyondFloor ?? 0 }
    }
    let over = taken.filter { $0.value > 0 && $0.value > room($0.key) + Self.rounding * $0.value }
    guard let worst = over.keys.min() else { return }
    throw seam.wrong(
      "found rates of \(over[worst] ?? 0) bit/s beyond floors on the link \"\(link(worst))\", "
        + "expected its room of \(max(0, room(worst))) at most")
  }
}
