// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Which pools of a scenario are built in, and how many machines it gives them more.
struct MoreMachines: Sendable {
  private let listed: Set<String>
  private let hasBuiltIn: Bool
  private let more: [String: Int]

  /// From the section of pools of a scenario.
  init(_ pools: JSONValue?) {
    listed = Set(pools?["list"].flatMap(\.elements)?.compactMap { $0["name"]?.string } ?? [])
    hasBuiltIn = pools?["use"] != nil
    if case .object(let members)? = pools?["more"]?.content {
      more = Dictionary(
        members.compactMap { key, value in
          if case .number(let count) = value.content { (key, Int(count)) } else { nil }
        }, uniquingKeysWith: { $1 })
    } else {
      more = [:]
    }
  }

  func isBuiltIn(_ pool: String) -> Bool { hasBuiltIn && !listed.contains(pool) }

  /// The setting with which built-in pools have so many machines more, if any has.
  func setting(with added: [String: Int]) -> [String] {
    let built = added.filter { isBuiltIn($0.key) && $0.value > 0 }
    guard !built.isEmpty else { return [] }
    let all = more.merging(built, uniquingKeysWith: +).sorted { $0.key < $1.key }
    let members = all.map { "\(JSON.quoted($0.key)): \($0.value)" }
    return ["pools.more={\(members.joined(separator: ", "))}"]
  }
}
