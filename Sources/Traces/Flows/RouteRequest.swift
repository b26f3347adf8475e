// SPDX-License-Identifier: GPL-3.0-or-later

/// What a row of a trace says of the way of its flow and the terms it is on.
///
/// A trace asks for each combination once, however many flows share it.
public struct RouteRequest: Hashable, Sendable {
  /// Empty where only the path is given.
  public var source: String
  public var target: String
  /// The names of links in order; empty where only the ends are given.
  public var path: [String]
  /// Empty where the row names no class.
  public var className: String

  public init(source: String, target: String, path: [String], className: String) {
    self.source = source
    self.target = target
    self.path = path
    self.className = className
  }
}

/// Why a request of a trace has no route.
public enum RouteProblem: Error, Equatable, CustomStringConvertible {
  case unknownNode(String)
  case unknownLink(String)
  /// A fibre of this name is there, and no link over it.
  case darkFibre(String)
  case unknownClass(String)
  case unreachable(source: String, target: String)
  /// The links of the path exist and do not make a path between the ends.
  case brokenPath(String)

  public var description: String {
    switch self {
    case .unknownNode(let name): "the network has no node '\(name)'"
    case .unknownLink(let name): "the network has no link '\(name)'"
    case .darkFibre(let name):
      "'\(name)' is a fibre and no link, expected a link; light: {each_fibre: {channels: "
        + "4}} makes one of each fibre"
    case .unknownClass(let name): "the scenario has no class '\(name)'"
    case .unreachable(let source, let target): "no path leads from '\(source)' to '\(target)'"
    case .brokenPath(let reason): "path: \(reason)"
    }
  }
}
