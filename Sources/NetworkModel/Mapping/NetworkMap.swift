// SPDX-License-Identifier: GPL-3.0-or-later

/// Sites and the lines between them, with what a map is to tell of each.
///
/// It is what the writers of maps read (`GeoJSONMap`, `GraphvizMap`), whatever network it came
/// from. Callers append properties of their own, such as the channels of each fibre.
public struct NetworkMap: Sendable {
  /// One property on a map.
  public struct Property: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
      case text(String)
      case number(Double)
      case integer(Int)
    }

    public var name: String
    public var value: Value

    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  public struct Site: Hashable, Sendable {
    public var name: String
    /// Nil where nobody has said where the site is.
    public var position: GeographicPoint?
    public var properties: [Property]

    public init(name: String, position: GeographicPoint? = nil, properties: [Property] = []) {
      self.name = name
      self.position = position
      self.properties = properties
    }
  }

  /// A fibre or a link between two sites of the map.
  public struct Line: Hashable, Sendable {
    public enum Element: String, Hashable, Sendable { case fibre, link }

    public var element: Element
    public var name: String
    public var first: NodeID
    public var second: NodeID
    /// Nil for a link, of which only the delay is known.
    public var length: Kilometres?
    public var properties: [Property]

    public init(
      _ element: Element, name: String, first: NodeID, second: NodeID, length: Kilometres? = nil,
      properties: [Property] = []
    ) {
      self.element = element
      self.name = name
      self.first = first
      self.second = second
      self.length = length
      self.properties = properties
    }
  }

  public var title: String
  /// In the order of the plant's positions.
  public var sites: [Site]
  /// The fibres of the plant in its order, and behind them the links that were added.
  public var lines: [Line]

  /// A map of a plant.
  ///
  /// - Precondition: There is a site for each that the plant counts.
  public init(title: String, sites: [Site], plant: FibrePlant) {
    precondition(sites.count == plant.siteCount, "A map has every site of its plant.")
    self.title = title
    self.sites = sites
    lines = plant.fibres.map {
      Line(.fibre, name: $0.name, first: $0.first, second: $0.second, length: $0.length)
    }
  }

  subscript(site: NodeID) -> Site { sites[Int(site.index)] }
}
