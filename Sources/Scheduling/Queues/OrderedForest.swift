// SPDX-License-Identifier: GPL-3.0-or-later

/// Where something stands in an order: by one number, and where that is the same by another.
struct ForestKey: Comparable, BitwiseCopyable, Sendable {
  var major: Int64
  var minor: Int64

  static func < (left: ForestKey, right: ForestKey) -> Bool {
    left.major < right.major || (left.major == right.major && left.minor < right.minor)
  }
}

/// What a node of a forest says of itself, and of itself and all nodes below it.
protocol ForestValue: BitwiseCopyable, Sendable {
  /// What is said of no nodes.
  static var empty: Self { get }
  /// Sums up the node with what stands before and behind it below it.
  mutating func gather(_ key: ForestKey, before: Self, behind: Self)
}

/// Several search trees whose nodes lie in one block.
///
/// They are treaps (R. Seidel, C. Aragon, Algorithmica 16, 1996). A node's rank is a hash of where
/// it lies, so that trees are balanced whatever is put in, and the same in every run.
///
/// - Complexity: all verbs are O(log n) for a tree of n nodes.
struct OrderedForest<Value: ForestValue>: Sendable {
  struct Node: BitwiseCopyable, Sendable {
    var key: ForestKey
    var value: Value
    /// The trees below, with lower and higher keys; 0 where there is none.
    var before: Int32 = 0
    var behind: Int32 = 0
    /// No node has a lower rank than one below it.
    let rank: UInt32
  }

  struct Root: BitwiseCopyable, Sendable {
    fileprivate(set) var top: Int32 = 0
    var isEmpty: Bool { top == 0 }
  }

  /// The first stands for no node.
  private var nodes: [Node]
  private var firstFree: Int32 = 0

  init() {
    nodes = [Node(key: ForestKey(major: 0, minor: 0), value: .empty, rank: 0)]
  }

  /// Forgets all trees.
  mutating func removeAll() {
    nodes.removeSubrange(1...)
    firstFree = 0
  }

  mutating func insert(_ key: ForestKey, _ value: Value, into root: inout Root) {
    let node = take(key, value)
    let top = root.top
    root.top = nodes.withUnsafeMutableBufferPointer { Grove($0).insert(node, into: top) }
  }

  /// Takes a node out, which must be there.
  mutating func remove(_ key: ForestKey, from root: inout Root) {
    let top = root.top
    let (rest, removed) = nodes.withUnsafeMutableBufferPointer { Grove($0).remove(key, from: top) }
    precondition(removed != 0, "nothing is taken out that was not put in")
    root.top = rest
    nodes[Int(removed)].before = firstFree
    firstFree = removed
  }

  /// Changes what a node says of itself, where there is such a node.
  mutating func change(_ key: ForestKey, in root: Root, by body: (inout Value) -> Void) -> Bool {
    nodes.withUnsafeMutableBufferPointer { Grove($0).change(key, in: root.top, by: body) }
  }

  /// The node of the lowest key.
  func first(of root: Root) -> Node? {
    guard root.top != 0 else { return nil }
    var node = root.top
    while nodes[Int(node)].before != 0 { node = nodes[Int(node)].before }
    return nodes[Int(node)]
  }

  /// What is said of all nodes of a tree.
  func total(of root: Root) -> Value { nodes[Int(root.top)].value }

  /// Lets `body` search the tree from its top.
  func search<Found>(_ root: Root, _ body: (UnsafePointer<Node>, Int32) -> Found) -> Found {
    nodes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("there is always a node") }
      return body(base, root.top)
    }
  }

  private mutating func take(_ key: ForestKey, _ value: Value) -> Int32 {
    guard firstFree != 0 else {
      let rank = Self.rank(of: UInt32(nodes.count))
      nodes.append(Node(key: key, value: value, rank: rank))
      return Int32(nodes.count - 1)
    }
    let node = firstFree
    firstFree = nodes[Int(node)].before
    nodes[Int(node)] = Node(key: key, value: value, rank: nodes[Int(node)].rank)
    return node
  }

  /// The finaliser of MurmurHash3, which gives each number another.
  private static func rank(of number: UInt32) -> UInt32 {
    var mixed = number
    mixed = (mixed ^ mixed >> 16) &* 0x85EB_CA6B
    mixed = (mixed ^ mixed >> 13) &* 0xC2B2_AE35
    return mixed ^ mixed >> 16
  }
}

/// The nodes of a forest while its trees change.
private struct Grove<Value: ForestValue> {
  typealias Node = OrderedForest<Value>.Node
  private let nodes: UnsafeMutablePointer<Node>

  init(_ buffer: UnsafeMutableBufferPointer<Node>) {
    guard let base = buffer.baseAddress else { preconditionFailure("there is always a node") }
    nodes = base
  }

  private func gather(_ node: Int32) {
    let place = nodes + Int(node)
    place.pointee.value.gather(
      place.pointee.key, before: nodes[Int(place.pointee.before)].value,
      behind: nodes[Int(place.pointee.behind)].value)
  }

  /// The top after a node is put in.
  func insert(_ new: Int32, into top: Int32) -> Int32 {
    let key = nodes[Int(new)].key
    if top == 0 || nodes[Int(new)].rank > nodes[Int(top)].rank {
      let (before, behind) = split(top, at: key)
      nodes[Int(new)].before = before
      nodes[Int(new)].behind = behind
      gather(new)
      return new
    }
    if key < nodes[Int(top)].key {
      nodes[Int(top)].before = insert(new, into: nodes[Int(top)].before)
    } else {
      nodes[Int(top)].behind = insert(new, into: nodes[Int(top)].behind)
    }
    gather(top)
    return top
  }

  /// The nodes with lower keys, and the rest.
  private func split(_ top: Int32, at key: ForestKey) -> (Int32, Int32) {
    guard top != 0 else { return (0, 0) }
    if nodes[Int(top)].key < key {
      let (before, behind) = split(nodes[Int(top)].behind, at: key)
      nodes[Int(top)].behind = before
      gather(top)
      return (top, behind)
    }
    let (before, behind) = split(nodes[Int(top)].before, at: key)
    nodes[Int(top)].before = behind
    gather(top)
    return (before, top)
  }

  /// The top after a node is taken out, and that node.
  func remove(_ key: ForestKey, from top: Int32) -> (top: Int32, removed: Int32) {
    guard top != 0 else { return (0, 0) }
    let node = nodes + Int(top)
    if node.pointee.key == key {
      return (join(node.pointee.before, node.pointee.behind), top)
    }
    let removed: Int32
    if key < node.pointee.key {
      (node.pointee.before, removed) = remove(key, from: node.pointee.before)
    } else {
      (node.pointee.behind, removed) = remove(key, from: node.pointee.behind)
    }
    gather(top)
    return (top, removed)
  }

  private func join(_ before: Int32, _ behind: Int32) -> Int32 {
    guard before != 0 else { return behind }
    guard behind != 0 else { return before }
    if nodes[Int(before)].rank > nodes[Int(behind)].rank {
      nodes[Int(before)].behind = join(nodes[Int(before)].behind, behind)
      gather(before)
      return before
    }
    nodes[Int(behind)].before = join(before, nodes[Int(behind)].before)
    gather(behind)
    return behind
  }

  func change(_ key: ForestKey, in top: Int32, by body: (inout Value) -> Void) -> Bool {
    guard top != 0 else { return false }
    let node = nodes + Int(top)
    if node.pointee.key == key {
      body(&node.pointee.value)
    } else {
      let next = key < node.pointee.key ? node.pointee.before : node.pointee.behind
      guard change(key, in: next, by: body) else { return false }
    }
    gather(top)
    return true
  }
}
