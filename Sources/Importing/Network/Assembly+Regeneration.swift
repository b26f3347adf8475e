// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Text

// Ways too long for light: over them it is made anew at places of their own.

extension Assembly {
  /// Cuts fibres over which no transceiver closes into parts over which one does.
  mutating func cutLongFibres(of network: inout ImportedNetwork) throws(Fault) {
    let regeneration = Regeneration()
    var sites = UniqueNames(network.sites.map(\.name))
    var fibres = UniqueNames(network.fibres.map(\.name))
    var cut: [String] = []
    for index in network.fibres.indices {
      let fibre = network.fibres[index]
      guard let count = regeneration.parts(of: fibre.length) else {
        throw Fault(
          "the fibre \(Fault.quoted(fibre.name)) of \(fibre.length.text) needs light to be regenerated at "
            + "more than \(Regeneration.mostParts - 1) places; is --default-length right?")
      }
      guard count > 1 else { continue }
      network.fibres[index].parts = (1...count).map { fibres.unique("\(fibre.name) part \($0)") }
      network.fibres[index].regenerators = (1..<count).map { place in
        ImportedNetwork.Site(
          name: sites.unique("\(fibre.name) regenerator \(place)"),
          position: position(
            on: fibre, of: network, at: Double(place) / Double(count)))
      }
      cut.append("\(fibre.name) (\(fibre.length.text), \(counted(count - 1, "place")))")
    }
    guard !cut.isEmpty else { return }
    warn(
      "no transceiver closes over \(counted(cut.count, "fibre")); light is regenerated on the way: "
        + Fault.list(cut))
  }

  private func position(
    on fibre: ImportedNetwork.Fibre, of network: ImportedNetwork, at part: Double
  ) -> Position? {
    guard let first = network.sites[fibre.first].position,
      let second = network.sites[fibre.second].position
    else { return nil }
    return first.along(part, to: second).map { place in
      // To ten metres or so: nobody knows it better.
      Position(
        latitude: (place.latitude * 1e4).rounded() / 1e4,
        longitude: (place.longitude * 1e4).rounded() / 1e4)
    }
  }
}
