// SPDX-License-Identifier: GPL-3.0-or-later

extension Node {
  /// Makes the change of a setting where its path points; reports a path that leads nowhere.
  ///
  /// Names in the path are those of the tree, or such as mean the same by `isAlias`.
  ///
  /// - Returns: the path by which the tree is read; nil where it leads nowhere.
  @discardableResult
  public mutating func apply(
    _ setting: Setting, isAlias: @escaping (String, String) -> Bool = { _, _ in false },
    problems: inout Problems
  ) -> Path? {
    do throws(DeadEnd) {
      let walk = Walk(wanted: setting.change, place: setting.place, isAlias: isAlias)
      return try walk.change(&self, by: setting.steps[...], from: .root)
    } catch {
      problems.add(error.text, at: setting.place)
      return nil
    }
  }
}

/// Why a path leads nowhere.
private struct DeadEnd: Error {
  var text: String
}

/// The way along a path to the place where a change is made.
private struct Walk {
  let wanted: Setting.Change
  let place: Place
  let isAlias: (String, String) -> Bool

  /// Changes what the steps lead to from a node on, and says where that is.
  func change(_ node: inout Node, by steps: ArraySlice<Setting.Step>, from path: Path)
    throws(DeadEnd) -> Path
  {
    guard let step = steps.first else { return try change(&node, at: path) }
    let name = step.text
    // A key that has nothing behind it is a mapping that nobody has written yet.
    if node.isNothing { node.content = .mapping([]) }
    switch (node.content, step) {
    case (.mapping(var entries), _):
      // Emptied, so that the entries are changed in place and not copied.
      node.content = .broken
      defer { node.content = .mapping(entries) }
      return try change(name, in: &entries, by: steps.dropFirst(), from: path)
    case (.sequence(var elements), .bracket), (.sequence(var elements), .name):
      node.content = .broken
      defer { node.content = .sequence(elements) }
      let index = try self.index(of: step, in: elements, path: path)
      guard steps.count == 1, case .remove = wanted else {
        return try change(&elements[index], by: steps.dropFirst(), from: path.element(index))
      }
      elements.remove(at: index)
      return path
    case (.sequence(let elements), .key):
      throw DeadEnd(
        text: "\(path) is a list of \(elements.count); write \(path)[0] or \(path)[name]")
    case (.scalar, _), (.broken, _):
      throw DeadEnd(text: "\(path) is \(node.summary), and has no \(Node.quoted(name)) inside")
    }
  }

  /// Makes the change to the node that the path leads to.
  private func change(_ node: inout Node, at path: Path) throws(DeadEnd) -> Path {
    switch wanted {
    case .put(let value):
      node = value
      return path
    case .append(let value):
      if node.isNothing { node.content = .sequence([]) }
      guard case .sequence(let elements) = node.content else {
        throw DeadEnd(text: "\(path) is \(node.summary), and [+] adds to a list")
      }
      node.content = .sequence(elements + [value])
      return path.element(elements.count)
    case .remove: throw DeadEnd(text: "the file as a whole can't be removed")
    }
  }

  private func change(
    _ key: String, in entries: inout [Node.Entry], by rest: ArraySlice<Setting.Step>,
    from path: Path
  ) throws(DeadEnd) -> Path {
    let found =
      entries.firstIndex { $0.key == key } ?? entries.firstIndex { isAlias($0.key, key) }
    if let found {
      guard rest.isEmpty, case .remove = wanted else {
        return try change(&entries[found].value, by: rest, from: path.key(entries[found].key))
      }
      entries.remove(at: found)
      return path
    } else if mayBeAdded(before: rest) {
      // Whoever reads the tree knows the keys that there may be, and reports another.
      var value = Node(.mapping([]), at: place)
      if case .append = wanted, rest.isEmpty { value = Node(.sequence([]), at: place) }
      let changed = try change(&value, by: rest, from: path.key(key))
      entries.append(.init(key: key, keyPlace: place, value: value))
      return changed
    } else {
      let owner = path == .root ? "the file" : path.description
      throw DeadEnd(
        text: "in \(owner): " + unknownName(key, kind: "key", among: entries.map(\.key)))
    }
  }

  /// Whether a key that is not there is made: for a value, and on the way to one by keys alone.
  private func mayBeAdded(before rest: ArraySlice<Setting.Step>) -> Bool {
    if case .remove = wanted { return false }
    return rest.allSatisfy { step in
      if case .key = step { true } else { false }
    }
  }

  private func index(
    of step: Setting.Step, in elements: [Node], path: Path
  ) throws(DeadEnd) -> Int {
    let name = step.text
    if case .bracket = step, let index = Int(name) {
      guard elements.indices.contains(index) else {
        let have = elements.isEmpty ? "no elements" : "elements 0 to \(elements.count - 1)"
        throw DeadEnd(text: "\(path) has \(have), not \(index)")
      }
      return index
    }
    let names = elements.map(\.ownName)
    let found =
      names.firstIndex(of: name)
      ?? names.firstIndex { own in own.map { isAlias($0, name) } ?? false }
    guard let found else {
      throw DeadEnd(
        text: "in \(path): " + unknownName(name, kind: "name", among: names.compactMap(\.self))
          + "; \(path)[+] adds an element")
    }
    return found
  }
}

extension Node {
  /// The name by which a setting finds an element: its `name`, or its own text.
  ///
  /// An element that only says what kind of thing it is has the name of that thing.
  fileprivate var ownName: String? {
    switch content {
    case .scalar(let scalar): scalar.text
    case .mapping(let entries):
      text(of: "name") ?? text(of: "flow")
        ?? entries.lazy.compactMap { $0.value.text(of: "name") }.first
    case .sequence, .broken: nil
    }
  }

  private func text(of key: String) -> String? {
    guard case .mapping(let entries) = content,
      case .scalar(let scalar)? = entries.first(where: { $0.key == key })?.value.content
    else { return nil }
    return scalar.text
  }
}
