// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

// Changes of trees of nodes, each of which gives a new tree.

extension Node {
  /// The value of a key; nil where there is none.
  func value(_ key: String) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The tree with another value under some keys; nil where what they lead through is no mapping.
  func setting(_ keys: [String], _ value: Node) -> Node? {
    guard let key = keys.first else { return value }
    guard case .mapping(var entries) = content else { return nil }
    let place = entries.firstIndex { $0.key == key }
    let old = place.map { entries[$0].value } ?? .mapping([])
    guard let new = old.setting(Array(keys.dropFirst()), value) else { return nil }
    if let place {
      entries[place].value = new
    } else {
      entries.append(Entry(key: key, value: new))
    }
    return Node(.mapping(entries))
  }

  /// The tree with other texts, in keys as well.
  func mapTexts(_ change: (String) -> String) -> Node {
    switch content {
    case .scalar(let scalar):
      Node(.scalar(Scalar(text: change(scalar.text), isQuoted: scalar.isQuoted)))
    case .sequence(let elements): .list(elements.map { $0.mapTexts(change) })
    case .mapping(let entries):
      Node(.mapping(entries.map { Entry(key: change($0.key), value: $0.value.mapTexts(change)) }))
    case .broken: self
    }
  }

  /// The tree without one of its parts: entries of mappings and elements of lists, counted as
  /// they come from the top; nil behind the last.
  func without(part: Int) -> Node? {
    var left = part
    return removing(&left)
  }

  private func removing(_ left: inout Int) -> Node? {
    switch content {
    case .sequence(var elements):
      for index in elements.indices {
        if left == 0 {
          elements.remove(at: index)
          return .list(elements)
        }
        left -= 1
        if let changed = elements[index].removing(&left) {
          elements[index] = changed
          return .list(elements)
        }
      }
    case .mapping(var entries):
      for index in entries.indices {
        if left == 0 {
          entries.remove(at: index)
          return Node(.mapping(entries))
        }
        left -= 1
        if let changed = entries[index].value.removing(&left) {
          entries[index].value = changed
          return Node(.mapping(entries))
        }
      }
    case .scalar, .broken: break
    }
    return nil
  }
}
