// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// The keys of a mapping while a reader takes them, each once.
///
/// What is left at the end is unknown, and reported with the nearest key that is known.
public struct Fields: ~Copyable {
  public let place: Place
  public let path: Path
  private let entries: [Node.Entry]
  /// By entry, a bit of so many; mappings with known keys are short, and take less to look through
  /// than to hash.
  private var taken: UInt64 = 0
  private var takenBehind: Set<Int> = []
  private static let mostBits = UInt64.bitWidth
  /// The entry behind the last that was taken: mostly keys are asked for in the order in which they stand.
  private var next = 0

  /// Reports a node that is no mapping, and gives nil.
  public init?(_ node: Node, path: Path, problems: inout Problems) {
    guard case .mapping(let entries) = node.content else {
      node.report(expected: "a mapping", path: path, problems: &problems)
      return nil
    }
    place = node.place
    self.path = path
    self.entries = entries
  }

  /// The value of a key; nil where the mapping does not have it, or no more.
  ///
  /// A tree has each key once; were one there twice, the first would count.
  public mutating func take(_ key: String) -> Node? {
    guard takenCount < entries.count else { return nil }
    if next < entries.count, entries[next].key == key { return take(next) }
    for index in entries.indices where entries[index].key == key { return take(index) }
    return nil
  }

  private mutating func take(_ index: Int) -> Node? {
    next = index + 1
    return mark(index) ? entries[index].value : nil
  }

  private var takenCount: Int { taken.nonzeroBitCount + takenBehind.count }

  private mutating func mark(_ index: Int) -> Bool {
    guard index < Fields.mostBits else { return takenBehind.insert(index).inserted }
    defer { taken |= 1 << UInt64(index) }
    return !isTaken(index)
  }

  private func isTaken(_ index: Int) -> Bool {
    index < Fields.mostBits ? taken & 1 << UInt64(index) != 0 : takenBehind.contains(index)
  }

  /// Reports the keys that nobody has taken.
  public consuming func finish(
    known: @autoclosure () -> [String], problems: inout Problems
  ) {
    guard takenCount < entries.count else { return }
    for (index, entry) in entries.enumerated() where !isTaken(index) {
      problems.add(
        unknownName(entry.key, kind: "key", among: known()), at: entry.keyPlace, path: path)
    }
  }
}

/// What to say of a name that is none of the known ones: the nearest, and all of a short list.
///
/// Others may be meant, but are too many to be listed, such as further names of the known things.
public func unknownName(
  _ name: String, kind: String, among known: [String], orOneOf others: [String] = []
) -> String {
  let mostListed = 20
  // What stands twice in a scenario has an error of its own, and is listed once.
  var listed: Set<String> = []
  let known = known.filter { listed.insert($0).inserted }
  let nearest = nearestName(to: name, among: known + others)
  let hint = nearest.map { "; did you mean \(Node.quoted($0))?" } ?? ""
  guard !known.isEmpty else { return "unknown \(kind) \(Node.quoted(name)); there are none" }
  let list = known.prefix(mostListed).joined(separator: ", ")
  let more = known.count > mostListed ? ", and \(known.count - mostListed) more" : ""
  return "unknown \(kind) \(Node.quoted(name))\(hint) (known: \(list)\(more))"
}
