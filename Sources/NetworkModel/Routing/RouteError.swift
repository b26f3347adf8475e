// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a list of link names is not a route.
public enum RouteError: Error, Equatable, Sendable, CustomStringConvertible {
  case noLinks
  case unknownLink(String)
  case repeatedLink(String)
  /// The first link with ends does not leave the source.
  case startsElsewhere(link: String, source: String)
  /// The links do not join: the second leaves from elsewhere than the first arrives at.
  case broken(from: String, to: String, at: String)
  /// The last link with ends does not arrive at the target.
  case endsElsewhere(link: String, end: String, target: String)

  public var description: String {
    switch self {
    case .noLinks:
      "the path is empty; a path names at least one link"
    case .unknownLink(let name):
      "there is no link \"\(name)\""
    case .repeatedLink(let name):
      "the path takes link \"\(name)\" twice"
    case .startsElsewhere(let link, let source):
      "link \"\(link)\" does not leave from \"\(source)\""
    case .broken(let first, let second, let node):
      "link \"\(second)\" does not leave from \"\(node)\", where link \"\(first)\" arrives"
    case .endsElsewhere(let link, let end, let target):
      "link \"\(link)\" arrives at \"\(end)\", expected \"\(target)\""
    }
  }
}
