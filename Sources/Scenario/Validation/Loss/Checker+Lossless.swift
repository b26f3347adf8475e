// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// Refuses what could not keep the promise of a lossless class.
  ///
  /// A trace may name any path, so every link of the network has to be good enough for it.
  mutating func checkLossless(_ light: LightModel) {
    for section in scenario.classes where section.transport.value.isLossless {
      checkLoss(section, light)
      guard section.transport.value == .losslessPause else { continue }
      for link in resolver.topology.links { checkHeadroom(of: link, for: section) }
    }
  }

  private mutating func checkLoss(_ section: ClassSection, _ light: LightModel) {
    let name = Node.quoted(section.name.value.text)
    for link in resolver.topology.links where link.port.loss > 0 {
      report(
        "class \(name) is lossless, but link \(Node.quoted(link.name)) loses \(link.port.loss) "
          + "of its packets; expected a link without loss", at: section.transport)
    }
    guard case .byQuality(_, let margin_dB) = light.rating, !light.links.isEmpty else { return }
    let loss = residualLoss(margin_dB: margin_dB, packetBits: section.wirePacket.bits)
    if loss > LightModel.leastResidualLoss {
      report(
        "class \(name) is lossless, but lightpaths are lit with a margin of \(margin_dB) dB, "
          + "where \(loss) of its packets are lost; expected a larger light.margin",
        at: section.transport)
    }
  }

  private mutating func checkHeadroom(of link: Link, for section: ClassSection) {
    guard link.capacity > .zero else { return }
    let terms = HeadroomTerms(link, packet: section.wirePacket)
    guard terms.total.value > link.port.pauseRoom.value else { return }
    report(
      "class \(Node.quoted(section.name.value.text)) is lossless, but link "
        + "\(Node.quoted(link.name)) keeps \(link.port.pauseRoom.value) B for what comes behind a "
        + "pause; expected a headroom of at least \(terms.total.value.rounded(.up)) B",
      at: section.transport)
  }
}

extension ClassSection {
  fileprivate var wirePacket: Bytes {
    packet?.value.value ?? transport.value.standardPacket
  }
}
