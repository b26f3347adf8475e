// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// A flow in line for its grant, by the flow class that it has for itself.
struct GrantTurn: BitwiseCopyable {
  let flowClass: FlowClassID
  let entry: Int32
  let arrival: SimTime
  let number: Int
  /// What its policy says of it for good; no number where it goes by what the flow has left.
  let standing: Double
}

/// Where a flow stands among others of its policy: what that says of it, and then who came first.
struct GrantRank: BitwiseCopyable {
  var rank: Double
  var arrival: SimTime
  var number: Int
  var entry: Int32

  /// What the policy of a flow says of it, or else what it has left.
  @inline(__always)
  init(_ turn: GrantTurn, bitsLeft: (FlowClassID) -> Double) {
    rank = turn.standing.isNaN ? bitsLeft(turn.flowClass) : turn.standing
    (arrival, number, entry) = (turn.arrival, turn.number, turn.entry)
  }

  static func < (left: GrantRank, right: GrantRank) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.arrival != right.arrival { return left.arrival < right.arrival }
    return left.number != right.number ? left.number < right.number : left.entry < right.entry
  }
}

/// The flows whose order a policy says, in lines: those that take the same links on the same terms.
///
/// Of such, one that comes first gets no less than those behind it, whatever there is: their order
/// stays what it is, and what a policy says is only asked of the first of each line. Once the links
/// of a line are full, nobody in it has more than his floor, however many they are.
struct GrantLines {
  struct Key: Hashable {
    var group: Int
    var floor: Double
    var ceiling: Double
    var links: [LinkID]
  }

  /// What is read of a line for each of its flows.
  struct Terms: BitwiseCopyable {
    let group: Int32
    /// Where its links stand in the row of those of all lines, and where they end.
    let firstLink: Int32
    let endOfLinks: Int32
    let floor: Double
    /// The most that a flow has beyond its floor.
    let most: Double
    /// So many of the first may have more than their floor.
    var served: Int32 = 0
    /// The position of its first link that is down, or else that has nothing left; -1 where none is.
    var short: Int32 = -1
    /// What is known of the first of it.
    var head = Head.unread
    /// A link of it that had nothing left: the first to be looked at.
    var tight: Int32

    var links: Range<Int32> { firstLink..<endOfLinks }

    /// Whether none of it has sent anything since the last event.
    var sendsNothing: Bool { floor == 0 && served == 0 }
  }

  /// What is known of what the first of a line ranks.
  enum Head {
    /// Another flow is the first than was.
    case unread
    /// Its policy has said it for good.
    case standing
    /// It goes by what it has left, and has that since it was asked.
    case idle
    /// It goes by what it has left, and may have sent something.
    case sending
  }

  /// What a link has left once all are granted: something, nothing, or no capacity at all.
  enum LinkState {
    case open
    case full
    case out
  }

  /// A flow of a line, counted from its first.
  struct Place: BitwiseCopyable {
    var rank: GrantRank
    let line: Int32
    var index: Int32
    var flowClass: FlowClassID
  }

  private var known: [Key: Int32] = [:]
  var terms: [Terms] = []
  /// By line, its flows from the last to the first.
  private var turns: [[GrantTurn]] = []
  /// The links of all lines, one line behind the other: to read them counts no references.
  private var row: [Int32] = []
  /// By link, its lines.
  private var linesOver: [[Int32]]
  /// The links that have a line.
  private(set) var links: [Int32] = []
  /// By link, as it was found last.
  var states: [LinkState]
  /// By group, the first of each line that is not empty, as they stood last.
  private var heads: [[Place]]

  init(groups: Int, links: Int) {
    heads = Array(repeating: [], count: groups)
    linesOver = Array(repeating: [], count: links)
    states = Array(repeating: .open, count: links)
  }

  var groups: Range<Int> { heads.indices }

  func isEmpty(_ group: Int) -> Bool { heads[group].isEmpty }

  /// The link at a place of the row.
  @inline(__always)
  func link(at place: Int32) -> Int { Int(row[Int(place)]) }

  /// All lines over a link, empty ones too.
  func lines(over link: Int) -> [Int32] { linesOver[link] }

  /// Finds the first link of a line that is down, or that has nothing left; says whether it was another
  /// one before.
  mutating func findShort(of line: Int32) -> Bool {
    let links = terms[Int(line)].links
    let found =
      links.first { states[link(at: $0)] == .out } ?? links.first { states[link(at: $0)] == .full }
    let short = found.map { $0 - links.lowerBound } ?? -1
    defer { terms[Int(line)].short = short }
    return short != terms[Int(line)].short
  }

  func count(of line: Int32) -> Int { turns[Int(line)].count }

  /// A flow of a line, counted from its first.
  @inline(__always)
  func turn(_ index: Int32, of line: Int32) -> GrantTurn {
    turns[Int(line)][turns[Int(line)].count - 1 - Int(index)]
  }

  func turn(ofClass flowClass: FlowClassID, in line: Int32) -> GrantTurn? {
    turns[Int(line)].last { $0.flowClass == flowClass }
  }

  /// All flows of a group, in order of arrival.
  func turns(of group: Int) -> [GrantTurn] {
    heads[group].flatMap { turns[Int($0.line)] }
      .sorted { ($0.arrival, $0.number, $0.entry) < ($1.arrival, $1.number, $1.entry) }
  }

  /// The line of some links and terms, made where it is new.
  mutating func line(_ key: Key) -> Int32 {
    if let line = known[key] { return line }
    let line = Int32(terms.count)
    let start = Int32(row.count)
    row += key.links.map(\.index)
    terms.append(
      Terms(
        group: Int32(key.group), firstLink: start, endOfLinks: Int32(row.count), floor: key.floor,
        most: key.ceiling - key.floor, tight: key.links.first?.index ?? -1))
    turns.append([])
    for link in key.links {
      if linesOver[Int(link.index)].isEmpty { links.append(link.index) }
      linesOver[Int(link.index)].append(line)
    }
    _ = findShort(of: line)
    known[key] = line
    return line
  }

  /// Puts a flow in its line, behind those that rank lower.
  mutating func add(_ turn: GrantTurn, to line: Int32, bitsLeft: (FlowClassID) -> Double) {
    let own = GrantRank(turn, bitsLeft: bitsLeft)
    var (low, high) = (0, count(of: line))
    while low < high {
      let middle = (low + high) / 2
      let other = GrantRank(turns[Int(line)][middle], bitsLeft: bitsLeft)
      if own < other { low = middle + 1 } else { high = middle }
    }
    if count(of: line) - low < terms[Int(line)].served { terms[Int(line)].served += 1 }
    if low == count(of: line) { terms[Int(line)].head = .unread }
    turns[Int(line)].insert(turn, at: low)
    guard count(of: line) == 1 else { return }
    heads[Int(terms[Int(line)].group)].append(
      Place(rank: own, line: line, index: 0, flowClass: turn.flowClass))
  }

  /// Takes a flow out of its line; mostly it is one of the first.
  mutating func remove(_ flowClass: FlowClassID, from line: Int32) {
    guard let place = turns[Int(line)].lastIndex(where: { $0.flowClass == flowClass }) else {
      return
    }
    if place == count(of: line) - 1 { terms[Int(line)].head = .unread }
    turns[Int(line)].remove(at: place)
    if count(of: line) - place < terms[Int(line)].served { terms[Int(line)].served -= 1 }
    guard count(of: line) == 0 else { return }
    heads[Int(terms[Int(line)].group)].removeAll { $0.line == line }
  }

  /// Puts the flows of all lines of a group in order anew, where they may have passed each other.
  mutating func sort(_ group: Int, by bitsLeft: (FlowClassID) -> Double) {
    for head in heads[group] {
      let ranked = turns[Int(head.line)].map {
        (turn: $0, rank: GrantRank($0, bitsLeft: bitsLeft))
      }
      turns[Int(head.line)] = ranked.sorted { $1.rank < $0.rank }.map(\.turn)
      // Whoever had more than the floor may stand anywhere now.
      if terms[Int(head.line)].served > 0 {
        terms[Int(head.line)].served = Int32(ranked.count)
      }
      terms[Int(head.line)].head = .unread
    }
  }

  /// The first of each line of a group, in order of what they rank now.
  ///
  /// What one that has sent nothing ranks is not asked for again.
  /// From one event to the next few of them pass others, so that each is moved from where it stood;
  /// only where that takes much more than to look at all of them, they are sorted.
  mutating func takeHeads(of group: Int, by bitsLeft: (FlowClassID) -> Double) -> [Place] {
    var places: [Place] = []
    swap(&places, &heads[group])
    var moves = 0
    for index in places.indices {
      let terms = terms[Int(places[index].line)]
      switch terms.head {
      case .standing, .idle: break
      case .unread: read(&places[index], by: bitsLeft)
      case .sending:
        places[index].rank.rank = bitsLeft(places[index].flowClass)
        if terms.sendsNothing { self.terms[Int(places[index].line)].head = .idle }
      }
      guard index > 0, places[index].rank < places[index - 1].rank else { continue }
      let place = places[index]
      var to = index
      if moves <= 8 * places.count {
        while to > 0, place.rank < places[to - 1].rank {
          places[to] = places[to - 1]
          to -= 1
        }
      }
      places[to] = place
      moves += index - to
    }
    if moves > 8 * places.count { places.sort { $0.rank < $1.rank } }
    return places
  }

  private mutating func read(_ place: inout Place, by bitsLeft: (FlowClassID) -> Double) {
    let first = turn(0, of: place.line)
    place.rank = GrantRank(first, bitsLeft: bitsLeft)
    place.flowClass = first.flowClass
    let line = Int(place.line)
    if first.standing.isNaN {
      terms[line].head = terms[line].sendsNothing ? .idle : .sending
    } else {
      terms[line].head = .standing
    }
  }

  /// Keeps the first of each line in their order for the next time.
  mutating func putBack(_ places: [Place], of group: Int) { heads[group] = places }
}
