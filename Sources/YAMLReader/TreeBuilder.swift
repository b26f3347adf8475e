// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Builds the tree of nodes from the events of a text.
///
/// It keeps the open collections on a stack of its own, so that the depth of a file costs no
/// depth of calls, and goes on after what it does not take, so that all of it is reported.
struct TreeBuilder {
  /// Deeper than any scenario, and shallow enough for every later step to recurse.
  static let deepest = 64

  /// Room for more entries is not made ahead.
  private static let mostLikely = 16

  /// A list or a mapping that has begun and not ended.
  private struct Frame {
    var mark: Mark
    var isMapping: Bool
    var elements: [Node] = []
    var entries: [Node.Entry] = []
    var keys = SeenKeys()
    var pending: Pending = .none

    init(mark: Mark, isMapping: Bool) {
      self.mark = mark
      self.isMapping = isMapping
    }
  }

  /// What a mapping has read of its next entry.
  private enum Pending {
    case none
    case key(String, Mark)
    /// A key that is not taken; its value is read and thrown away.
    case rejected
  }

  private var open: [Frame] = []
  /// What was kept of the last mapping that ended, for the next one: mostly they come in rows of like.
  private var spareKeys = SeenKeys()
  private var likelyCount = 0
  private var root: Node?
  private var documents = 0
  /// The place of every node, where it is not its mark.
  private let place: Place?
  /// The collections that are around the text, in the tree that it is put into.
  private let levelsAbove: Int

  private init(place: Place?, below levelsAbove: Int) {
    self.place = place
    self.levelsAbove = levelsAbove
  }

  /// The tree of a text; nil where it is not one.
  static func build(
    from source: SourceText, place: Place? = nil, below levelsAbove: Int = 0,
    problems: inout Problems
  ) -> Node? {
    let events = EventSource(source)
    var builder = TreeBuilder(place: place, below: levelsAbove)
    do throws(SyntaxError) {
      while true {
        let (event, mark) = try events.next()
        if case .streamEnd = event { break }
        try builder.take(event, at: mark, problems: &problems)
      }
    } catch {
      problems.add(error.text, at: place ?? .mark(error.mark))
      return nil
    }
    if builder.root == nil { problems.add("is empty", at: place ?? .file) }
    return builder.root
  }
}

// MARK: - Events

extension TreeBuilder {
  private mutating func take(
    _ event: Event, at mark: Mark, problems: inout Problems
  ) throws(SyntaxError) {
    switch event {
    case .documentStart:
      documents += 1
      guard documents == 1 else {
        throw SyntaxError(mark: mark, text: "a second document; a file holds one")
      }
    case .documentEnd, .streamEnd:
      break
    case .alias(let name):
      problems.add(
        "aliases (*\(name)) are not supported; write the value out", at: at(mark), path: path)
      add(Node(.broken, at: at(mark)), mark: mark, problems: &problems)
    case .scalar(let scalar, let extras):
      reject(extras, at: mark, problems: &problems)
      takeScalar(scalar, mark: mark, problems: &problems)
    case .sequenceStart(let extras):
      reject(extras, at: mark, problems: &problems)
      try push(Frame(mark: mark, isMapping: false))
    case .mappingStart(let extras):
      reject(extras, at: mark, problems: &problems)
      try push(Frame(mark: mark, isMapping: true))
    case .collectionEnd:
      close(problems: &problems)
    }
  }

  private func reject(_ extras: Event.Extras, at mark: Mark, problems: inout Problems) {
    if let anchor = extras.anchor {
      problems.add(
        "anchors (&\(anchor)) are not supported; write the value out", at: at(mark), path: path)
    }
    if let tag = extras.tag {
      problems.add("tags (\(tag)) are not supported; leave it out", at: at(mark), path: path)
    }
  }

  private mutating func push(_ frame: Frame) throws(SyntaxError) {
    guard levelsAbove + open.count < Self.deepest else {
      throw SyntaxError(
        mark: frame.mark, text: "nested deeper than \(Self.deepest) levels, the most that is read")
    }
    open.append(frame)
    guard frame.isMapping else { return }
    swap(&open[open.count - 1].keys, &spareKeys)
    open[open.count - 1].entries.reserveCapacity(likelyCount)
  }

  private mutating func close(problems: inout Problems) {
    var frame = open.removeLast()
    let content: Node.Content =
      frame.isMapping ? .mapping(frame.entries) : .sequence(frame.elements)
    if frame.isMapping {
      likelyCount = min(frame.entries.count, TreeBuilder.mostLikely)
      swap(&frame.keys, &spareKeys)
      spareKeys.removeAll()
    }
    add(Node(content, at: at(frame.mark)), mark: frame.mark, problems: &problems)
  }
}

// MARK: - Keys and values

extension TreeBuilder {
  private mutating func takeScalar(
    _ scalar: Node.Scalar, mark: Mark, problems: inout Problems
  ) {
    guard let top = open.indices.last, open[top].isMapping, case .none = open[top].pending else {
      add(Node(.scalar(scalar), at: at(mark)), mark: mark, problems: &problems)
      return
    }
    let key = scalar.text
    if key == "<<", !scalar.isQuoted {
      problems.add(
        "merge keys (<<) are not supported; write the keys out", at: at(mark), path: path)
      open[top].pending = .rejected
    } else if let first = open[top].keys[key] {
      problems.add(
        "the key is given twice, in line \(first.line) and in line \(mark.line)", at: at(mark),
        path: path.key(key))
      open[top].pending = .rejected
    } else if Node.isTooLong(key: key) {
      problems.add(
        "a key has at most \(Node.longestKey) characters, as JSON writes it", at: at(mark),
        path: path)
      open[top].pending = .rejected
    } else {
      open[top].keys.insert(key, at: mark)
      open[top].pending = .key(key, mark)
    }
  }

  /// Hands a finished value to the collection it stands in.
  ///
  /// The frame is changed where it lies: a copy of it would copy all its elements in turn.
  private mutating func add(_ node: Node, mark: Mark, problems: inout Problems) {
    guard let top = open.indices.last else {
      root = node
      return
    }
    guard open[top].isMapping else {
      open[top].elements.append(node)
      return
    }
    switch open[top].pending {
    case .none:
      node.report(expected: "text as a key", path: path, problems: &problems)
      open[top].pending = .rejected
    case .key(let key, let keyMark):
      open[top].entries.append(.init(key: key, keyPlace: at(keyMark), value: node))
      open[top].pending = .none
    case .rejected:
      open[top].pending = .none
    }
  }

  private func at(_ mark: Mark) -> Place { place ?? .mark(mark) }

  /// The path of the value that comes next.
  private var path: Path {
    open.reduce(.root) { path, frame in
      guard frame.isMapping else { return path.element(frame.elements.count) }
      if case .key(let key, _) = frame.pending { return path.key(key) }
      return path
    }
  }
}
