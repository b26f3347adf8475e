// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel
internal import YAMLReader

/// Why names do not spell out a path over fibres.
public enum FibrePathError: Error, CustomStringConvertible {
  case tooShort
  case unknown(String)
  case notJoined(String, String)
  case ambiguous(String, String)
  case repeated(String)

  public var description: String {
    switch self {
    case .tooShort: "found no path, expected two nodes or more, or a fibre or more"
    case .unknown(let name): "there is no node and no fibre \(Node.quoted(name))"
    case .notJoined(let one, let other):
      "found \(Node.quoted(one)) before \(Node.quoted(other)), which are not joined by a fibre"
    case .ambiguous(let one, let other):
      "more than one fibre joins \(Node.quoted(one)) and \(Node.quoted(other)), expected its name"
    case .repeated(let name): "the path comes to \(Node.quoted(name)) twice"
    }
  }
}

extension FibrePath {
  /// Makes a path of the names of its nodes, or of those of its fibres.
  ///
  /// Names are those of nodes where the first of them is one and there are two or more.
  public init(names: [String], in known: FibreNames) throws(FibrePathError) {
    guard let first = names.first else { throw .tooShort }
    let start = names.count > 1 ? known.site(named: first) : nil
    try self.init(
      fibres: start != nil
        ? FibrePath.fibres(between: names, in: known) : FibrePath.fibres(named: names, in: known),
      startingAt: start, in: known.plant, sites: known.sites)
  }

  private static func fibres(
    named names: [String], in known: FibreNames
  ) throws(FibrePathError) -> [FibreID] {
    var found: [FibreID] = []
    for name in names {
      guard let fibre = known.fibre(named: name) else { throw .unknown(name) }
      found.append(fibre)
    }
    return found
  }

  private static func fibres(
    between names: [String], in known: FibreNames
  ) throws(FibrePathError) -> [FibreID] {
    var nodes: [NodeID] = []
    for name in names {
      guard let site = known.site(named: name) else { throw .unknown(name) }
      nodes.append(site)
    }
    var found: [FibreID] = []
    for (position, pair) in zip(nodes, nodes.dropFirst()).enumerated() {
      guard let fibre = known.fibre(between: pair.0, and: pair.1) else {
        throw .notJoined(names[position], names[position + 1])
      }
      guard fibre.isOnlyOne else { throw .ambiguous(names[position], names[position + 1]) }
      found.append(fibre.first)
    }
    return found
  }

  private init(
    fibres: [FibreID], startingAt start: NodeID?, in plant: FibrePlant, sites all: [String]
  ) throws(FibrePathError) {
    var sites = [start ?? FibrePath.start(of: fibres, in: plant)]
    for fibre in fibres {
      guard let next = plant[fibre].end(across: sites[sites.count - 1]) else {
        throw .notJoined(all[Int(sites[sites.count - 1].index)], plant[fibre].name)
      }
      guard !sites.contains(next) else { throw .repeated(all[Int(next.index)]) }
      sites.append(next)
    }
    self.init(sites: sites, fibres: fibres, length: plant.length(of: fibres))
  }

  /// The end of the first fibre that the second does not share.
  private static func start(of fibres: [FibreID], in plant: FibrePlant) -> NodeID {
    let first = plant[fibres[0]]
    guard fibres.count > 1 else { return first.first }
    return plant[fibres[1]].end(across: first.first) != nil ? first.second : first.first
  }
}
