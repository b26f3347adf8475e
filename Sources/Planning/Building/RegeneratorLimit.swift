// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator
internal import Text

/// How many regenerators a node has.
package enum RegeneratorLimit: Equatable, Sendable {
  case some(Int)
  case unlimited

  /// What nodes have, as a setting.
  static func settings(of nodes: [String: RegeneratorLimit]) -> [String] {
    guard !nodes.isEmpty else { return [] }
    let words = nodes.sorted { $0.key < $1.key }.map { "\(JSON.quoted($0.key)): \($0.value.text)" }
    return [prefix + "{\(words.joined(separator: ", "))}"]
  }

  /// Whether a setting is one of these.
  static func isSetting(_ text: String) -> Bool { text.hasPrefix(prefix) }

  private static let prefix = "light.regeneration="

  private var text: String {
    switch self {
    case .some(let count): "\(count)"
    case .unlimited: "unlimited"
    }
  }

  /// What the nodes of a scenario have.
  static func stock(of model: Model) -> [String: RegeneratorLimit] {
    let light = model.light
    let sites = light.allowsRegeneration ? light.regenerationSites ?? [] : []
    return Dictionary(
      uniqueKeysWithValues: sites.map { site in
        (model.topology[site], light.regeneratorStock[site].map { .some($0) } ?? .unlimited)
      })
  }

  /// With so many more.
  func more(_ count: Int) -> RegeneratorLimit {
    switch self {
    case .some(let there): .some(there + count)
    case .unlimited: .unlimited
    }
  }

  /// How many of some are above it.
  func excess(of count: Int) -> Int {
    switch self {
    case .some(let there): max(0, count - there)
    case .unlimited: 0
    }
  }
}
