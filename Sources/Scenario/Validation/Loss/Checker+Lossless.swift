// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// Refuses what could not keep the promise of a lossless class; traces are checked as they are
  /// read.
  mutating func checkLossless(
    _ traffic: [TrafficSource], _ classes: [TrafficClass], _ light: LightModel
  ) {
    checkMargin(light)
    guard classes.contains(where: { $0.transport.kind.isLossless }) else { return }
    for source in traffic {
      switch source {
      case .listed(let flows):
        for flow in flows { checkLossless(flow.trafficClass, classes, flow.route) }
      case .generated(let generator):
        for share in generator.routes {
          checkLossless(generator.trafficClass, classes, share.route)
        }
        for route in generator.answers?.routes ?? [] {
          checkLossless(generator.trafficClass, classes, route)
        }
      case .roundTrips(let trace):
        for pair in trace.places.pairs.compactMap(\.self) {
          checkLossless(trace.trafficClass, classes, pair.there)
          checkLossless(trace.trafficClass, classes, pair.back)
        }
      case .trace: break
      }
    }
  }

  private mutating func checkLossless(_ index: Int, _ classes: [TrafficClass], _ route: Int) {
    let problem = LosslessPromise.problem(
      of: classes[index], on: routes.all[route], in: resolver.topology)
    guard let problem else { return }
    let section = scenario.classes[index]
    report(
      "class \(Node.quoted(section.name.value.text)) is lossless, but on the path of its flows "
        + "\(problem); expected what loses nothing", at: section.transport)
  }

  /// Light near the threshold of its mode has bit errors, which no pause and no credit prevents.
  private mutating func checkMargin(_ light: LightModel) {
    guard case .byQuality(_, let margin_dB) = light.rating, !light.links.isEmpty else { return }
    for section in scenario.classes where section.transport.value.isLossless {
      let packet = section.packet?.value.value ?? section.transport.value.standardPacket
      let loss = residualLoss(margin_dB: margin_dB, packetBits: packet.bits)
      guard loss > LightModel.leastResidualLoss else { continue }
      report(
        "class \(Node.quoted(section.name.value.text)) is lossless, but lightpaths are lit with a "
          + "margin of \(margin_dB) dB, at which \(loss) of its packets are lost; expected a "
          + "larger light.margin", at: section.transport)
    }
  }
}
