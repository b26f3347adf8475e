// SPDX-License-Identifier: GPL-3.0-or-later

extension FibrePlant {
  /// The sites of a ring, each where the fibre of its position starts; nil where it is no cycle.
  public func sites(ofRing ring: Int) -> [NodeID]? {
    let fibres = rings[ring].fibres
    guard fibres.count >= 3, let start = self.start(of: fibres) else { return nil }
    var sites: [NodeID] = []
    var site = start
    for fibre in fibres {
      sites.append(site)
      guard let next = self[fibre].end(across: site) else { return nil }
      site = next
    }
    return site == start && Set(sites).count == sites.count ? sites : nil
  }

  /// The end of the first fibre that the last one shares and the second does not.
  private func start(of fibres: [FibreID]) -> NodeID? {
    let first = self[fibres[0]]
    return self[fibres[1]].end(across: first.second) != nil
      ? first.first
      : self[fibres[1]].end(across: first.first) != nil ? first.second : nil
  }

  /// Both ways round a ring from one site to another, forward first; nil where one is not on it.
  public func arcs(
    ofRing ring: Int, from source: NodeID, to target: NodeID
  ) -> (FibrePath, FibrePath)? {
    guard let sites = sites(ofRing: ring), let from = sites.firstIndex(of: source),
      let to = sites.firstIndex(of: target), from != to
    else { return nil }
    let count = sites.count
    let fibres = rings[ring].fibres
    func arc(_ steps: Int, _ direction: Int) -> FibrePath {
      let around = (0...steps).map { sites[(from + direction * $0 + count) % count] }
      let taken = (0..<steps).map { step in
        let position = direction > 0 ? from + step : from - step - 1
        return fibres[(position + count) % count]
      }
      return FibrePath(sites: around, fibres: taken, length: length(of: taken))
    }
    let forward = (to - from + count) % count
    return (arc(forward, 1), arc(count - forward, -1))
  }

  public func length(of fibres: [FibreID]) -> Kilometres {
    Kilometres(fibres.reduce(0) { $0 + self[$1].length.value })
  }
}
