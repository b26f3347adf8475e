// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// Where the writer of a value put it.
public enum Place: Hashable, Sendable {
  /// Nowhere in particular: the file as a whole, or a value that a default gave.
  case file
  case mark(Mark)
  /// A setting of the command line, by the path it sets.
  case setting(String)
  /// A removal of the command line, by the path that it removes.
  case removal(String)
}

/// The way from the root of a tree of nodes to one of them.
public indirect enum Path: Hashable, Sendable, CustomStringConvertible {
  case root
  case key(Path, String)
  case element(Path, Int)

  public func key(_ key: String) -> Path { .key(self, key) }

  public func element(_ index: Int) -> Path { .element(self, index) }

  /// The path as a setting spells it: `network.links[3].capacity`.
  public var description: String {
    switch self {
    case .root: ""
    case .key(.root, let key): key
    case .key(let parent, let key) where key.contains(where: { ".[]=".contains($0) }):
      "\(parent)\(Setting.element(named: key))"
    case .key(let parent, let key): "\(parent).\(key)"
    case .element(let parent, let index): "\(parent)[\(index)]"
    }
  }
}
