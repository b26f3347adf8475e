// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import NetworkModel
public import Traffic

/// What stands in the way of a class that promises to lose nothing.
public enum LosslessPromise {
  /// What a route could not keep of the promise of a class; nil where it can, or none is made.
  ///
  ///     link "a-b" loses 0.001 of its packets
  public static func problem(
    of terms: TrafficClass, on route: Route, in topology: Topology
  ) -> String? {
    guard terms.transport.kind.isLossless else { return nil }
    for id in route.links {
      let link = topology[id]
      if link.port.loss > 0 {
        return "link \"\(link.name)\" loses \(link.port.loss) of its packets"
      }
      guard terms.transport.kind == .losslessPause, link.capacity > .zero else { continue }
      let need = HeadroomTerms(link, packet: terms.transport.packet).total
      if need > link.port.pauseRoom {
        return "link \"\(link.name)\" keeps \(Int64(link.port.pauseRoom.value)) B for what comes "
          + "behind a pause and needs \(Int64(need.value.rounded(.up))) B"
      }
    }
    return nil
  }
}
