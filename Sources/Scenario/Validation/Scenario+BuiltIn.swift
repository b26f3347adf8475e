// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

extension Scenario {
  /// Puts the built-in network in, under what the file says of things of the same name.
  ///
  /// What is new in the file comes behind what is built in. A scenario that is filled in already
  /// stays as it is, since all of it has the same names.
  mutating func fillInBuiltIn(_ places: PlaceNames) {
    guard network.use == .national else { return }
    let place = network.origin
    let placed = NationalNetwork().placedPlant()
    nameNetwork(like: placed, places)
    network.nodes = merged(
      placed.sites.map { NodeSection($0, place) }, network.nodes ?? [], name: \.name.value)
    network.fibres = merged(
      placed.fibres.map { FibreSection($0, place) }, network.fibres.map { $0.completed(placed) },
      name: \.name.value)
    network.rings = merged(
      placed.plant.rings.map { RingSection($0, placed.plant, place) }, network.rings,
      name: \.name.value)
  }

  /// Puts in a link over each fibre that has none of its name.
  mutating func fillInEachFibre() {
    guard let each = light?.eachFibre else { return }
    let taken = Set((light?.links ?? []).map(\.name.value) + network.links.map(\.name.value))
    light?.links += network.fibres.filter { !taken.contains($0.name.value) }.compactMap { fibre in
      fibre.between.map { between in
        var link = LitLinkSection()
        link.origin = each.origin
        link.name = Written(fibre.name.value, place: each.origin.place, path: each.origin.path)
        link.between = between
        link.channels = each.channels
        link.rate = each.rate
        link.protection = each.protection
        link.automatic = each.automatic
        link.route = Written([fibre.name], place: each.origin.place, path: each.origin.path)
        return link
      }
    }
  }

  private func merged<Element>(
    _ builtIn: [Element], _ own: [Element], name: (Element) -> Name
  ) -> [Element] {
    let known = Set(builtIn.map(name))
    let changed = Dictionary(own.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    // A second one of a name stays in, to be reported.
    var seen: Set<Name> = []
    let rest = own.filter { !known.contains(name($0)) || !seen.insert(name($0)).inserted }
    return builtIn.map { changed[name($0)] ?? $0 } + rest
  }
}

extension NodeSection {
  fileprivate init(_ site: Site, _ place: Origin) {
    self.init()
    origin = place
    name = Written(Name(site.name), place: place.place, path: place.path)
    latitude = Written(site.position.latitude_deg, place: place.place, path: place.path)
    longitude = Written(site.position.longitude_deg, place: place.place, path: place.path)
  }
}

extension FibreSection {
  fileprivate init(_ fibre: NationalFibre, _ place: Origin) {
    self.init()
    origin = place
    name = Written(Name(fibre.name), place: place.place, path: place.path)
    between = Written(
      [fibre.first, fibre.second].map {
        Written(Name($0), place: place.place, path: place.path)
      }, place: place.place, path: place.path)
    length = Positive(fibre.length)
  }

  /// A changed fibre of the built-in network, with what the file does not say of it.
  fileprivate func completed(_ placed: NationalNetwork.PlacedPlant) -> FibreSection {
    guard let known = placed.fibres.first(where: { $0.name == name.value.text }) else {
      return self
    }
    let standard = FibreSection(known, origin)
    var fibre = self
    fibre.between = between ?? standard.between
    fibre.length = length ?? standard.length
    return fibre
  }
}

extension RingSection {
  fileprivate init(_ ring: FibreRing, _ plant: FibrePlant, _ place: Origin) {
    self.init()
    origin = place
    name = Written(Name(ring.name), place: place.place, path: place.path)
    fibres = Written(
      ring.fibres.map { Written(Name(plant[$0].name), place: place.place, path: place.path) },
      place: place.place, path: place.path)
  }
}
