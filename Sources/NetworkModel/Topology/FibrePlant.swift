// SPDX-License-Identifier: GPL-3.0-or-later

/// The position of a fibre in its plant.
public struct FibreID: Hashable, Comparable, Sendable {
  public let index: Int32

  public init(index: Int) {
    self.index = Int32(index)
  }

  public static func < (left: FibreID, right: FibreID) -> Bool { left.index < right.index }
}

/// A pair of strands between two sites, one each way.
public struct Fibre: Hashable, Sendable {
  public var name: String
  /// The two sites; which is first only tells the two strands apart.
  public var first: NodeID
  public var second: NodeID
  public var length: Kilometres
  public var line: LineDesign

  public init(
    name: String, first: NodeID, second: NodeID, length: Kilometres,
    line: LineDesign = .standard
  ) {
    self.name = name
    self.first = first
    self.second = second
    self.length = length
    self.line = line
  }

  /// The site at the other end; nil where the fibre does not end at the given one.
  public func end(across from: NodeID) -> NodeID? {
    from == first ? second : from == second ? first : nil
  }
}

/// Fibres in a cycle, in the order in which they follow each other.
public struct FibreRing: Hashable, Sendable {
  public var name: String
  public var fibres: [FibreID]

  public init(name: String, fibres: [FibreID]) {
    self.name = name
    self.fibres = fibres
  }
}

/// The fibres of a network between its sites, and the rings named on them.
///
/// The sites are the nodes of the topology: both count them alike.
public struct FibrePlant: Sendable {
  public private(set) var siteCount: Int
  public private(set) var fibres: [Fibre] = []
  public private(set) var rings: [FibreRing] = []

  public init(siteCount: Int = 0) {
    self.siteCount = siteCount
  }

  public subscript(fibre: FibreID) -> Fibre { fibres[Int(fibre.index)] }

  /// Adds a fibre; sites that are new by their position count from now on.
  @discardableResult
  public mutating func add(_ fibre: Fibre) -> FibreID {
    siteCount = max(siteCount, Int(max(fibre.first.index, fibre.second.index)) + 1)
    fibres.append(fibre)
    return FibreID(index: fibres.count - 1)
  }

  public mutating func add(_ ring: FibreRing) {
    rings.append(ring)
  }
}
