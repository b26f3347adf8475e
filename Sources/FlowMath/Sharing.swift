// SPDX-License-Identifier: GPL-3.0-or-later

// Weighted max-min sharing of links by flow classes, kept up to date as both change.
//
//   given       links l with a capacity; classes c with a path, a number of flows and terms
//   find        one level per class, and with it the rate of each of its flows (FlowTerms)
//   such that   no link carries more than its capacity, and every class has a bottleneck: its own
//               ceiling, or a full link of its path on which no class of its layer stands higher
//
// That allocation exists and is unique (Bertsekas and Gallager, Data Networks, 6.5.2; with floors
// and ceilings: Radunović and Le Boudec, IEEE/ACM Trans. Networking 15(5), 2007).
//
// A layer sees what the layers above it leave: the pair of a link and a layer is a port, and each
// layer is a problem of its own over its ports, solved from the top layer down.
//
// Two ways lead to the answer. `fillLocally` moves only what a disturbance can reach, and costs
// what that is; `fillDensely` fills a whole layer anew, and is faster where most of it moves.

/// Levels closer than this part of themselves count as the same.
let levelTolerance = 1e-12

/// What the solver reads of a class each time it looks at it: one cache line.
struct SharingClass: BitwiseCopyable {
  var level: Double
  /// The level at which the ceiling is reached.
  var limit: Double
  /// Weight and floor of all flows of the class together.
  var weight = 0.0
  var floor = 0.0
  var flows: Int32 = 0
  /// Its part of the path columns: `hops` ports, and behind them one entry for its own ceiling.
  var pathStart: Int32
  var hops: Int32
  /// The path entry that holds it: that of a port, or the last for its own ceiling.
  var heldAt: Int32
  /// Where it stands among the classes that have flows, or -1.
  var activeIndex: Int32 = -1
  var touchedIn: Int32 = 0
  var frozenIn: Int32 = 0
  /// The number of ports of its path that can be full, once it has flows.
  var openPorts: Int32 = 0
}

/// A class on a port: which, and which entry of its path this is.
struct PortMember: BitwiseCopyable {
  var flowClass: Int32
  var hop: Int32
}

/// The links, the classes and the levels, as they are now.
struct Sharing: ~Copyable {
  static let ownCeiling: Int32 = -1

  let layers: Int
  var classes = AlignedColumn<SharingClass>()
  var terms = AlignedColumn<FlowTerms>()
  var ports = AlignedColumn<SharingPort>()
  /// Where the members of each port stand.
  var pieces = AlignedColumn<MemberPiece>()
  var linkCapacity = AlignedColumn<Double>()
  /// The number of links without capacity.
  private(set) var linksOut = 0
  /// The ports of every path, and where the class stands among the members of each.
  var pathPort = AlignedColumn<Int32>()
  var pathSlot = AlignedColumn<Int32>()
  /// The ports of every path that can be full: as many from where the path starts.
  var openPort = AlignedColumn<Int32>()
  var floorRatios = FloorRatios()
  /// The group of classes with the same limit, or -1 without a ceiling.
  var limitGroup = AlignedColumn<Int32>()
  var members = AlignedColumn<PortMember>()
  /// Freed pieces of `members`, by the logarithm of their size.
  var freePieces: [[Int32]] = Array(repeating: [], count: 32)
  /// The classes that have flows, in no particular order, layer by layer mixed.
  var active = AlignedColumn<Int32>()
  /// The path entries of all active classes: what a full solve has to look at.
  var activeHops = 0
  var hasFloors = false
  var hasCeilings = false
  /// The links in front of each link on the paths over it, and those behind it.
  var before: [Neighbours] = []
  var after: [Neighbours] = []
  /// The links that can't be full.
  var covered: [Int32] = []
  /// How often the load of any port may have been added to since all were forgotten.
  var additions = 0

  /// The classes whose flows, level or bottleneck changed since `startBatch`.
  var touched = AlignedColumn<Int32>()
  var batch: Int32 = 1
  /// The ports that changes disturbed, and the level from which they may have to move.
  var disturbed = AlignedColumn<Disturbance>()

  var queue = LevelQueue()
  var linkMembers = LinkMembers()
  var dense = DenseScratch()
  var effort = SolverEffort()
  /// The groups that classes are in instead, while that costs less.
  var groups = Groups()
  /// Counts solves.
  var solves: Int32 = 0
  /// Whether all levels are to be found anew.
  var isAllDisturbed = false

  struct Disturbance: BitwiseCopyable {
    var port: Int32
    var level: Double
  }

  init(layers: Int) {
    precondition(layers > 0)
    self.layers = layers
  }
}

// MARK: - Links and classes

extension Sharing {
  mutating func addLink(capacity: Double) -> Int {
    precondition(capacity >= 0 && capacity.isFinite, "a capacity is a finite rate")
    let link = linkCapacity.count
    linkCapacity.append(capacity)
    if capacity == 0 { linksOut += 1 }
    before.append(Neighbours())
    after.append(Neighbours())
    for _ in 0..<layers {
      ports.append(SharingPort(capacity: capacity))
      pieces.append(MemberPiece())
      queue.addPort()
      dense.ports.append(DensePort(room: capacity))
      dense.levels.addEntry()
      if groups.isOn { groups.addHolder(capacity: capacity, level: .infinity) }
    }
    return link
  }

  mutating func addClass(path: some Collection<Int>, terms: FlowTerms) -> Int {
    precondition(!path.isEmpty, "a path has at least one link")
    precondition(terms.layer < layers, "a layer is below the number of layers")
    let start = pathPort.count
    for link in path {
      precondition(link >= 0 && link < linkCapacity.count, "a path names links that exist")
      let port = Int32(link * layers + terms.layer)
      for earlier in start..<pathPort.count {
        precondition(pathPort[earlier] != port, "a path crosses a link once")
      }
      pathPort.append(port)
      pathSlot.append(-1)
    }
    pathPort.append(Sharing.ownCeiling)
    pathSlot.append(-1)
    classes.append(
      SharingClass(
        level: terms.levelLimit, limit: terms.levelLimit, pathStart: Int32(start),
        hops: Int32(path.count), heldAt: Int32(start + path.count)))
    limitGroup.append(dense.limitGroup(of: terms.levelLimit))
    openPort.resize(to: pathPort.count, filling: Sharing.ownCeiling)
    self.terms.append(terms)
    if terms.floor > 0 { hasFloors = true }
    if terms.ceiling < .infinity { hasCeilings = true }
    floorRatios.ofClass.append(floorRatios.number(of: terms))
    noteNeighbours(ofPathAt: start, hops: path.count)
    return classes.count - 1
  }

  /// Gives a link another capacity.
  mutating func setCapacity(of link: Int, to capacity: Double) {
    precondition(capacity >= 0 && capacity.isFinite, "a capacity is a finite rate")
    guard linkCapacity[link] != capacity else { return }
    linksOut += (capacity == 0 ? 1 : 0) - (linkCapacity[link] == 0 ? 1 : 0)
    linkCapacity[link] = capacity
    if groups.isOn { setCapacityInGroups(of: link, to: capacity) }
    for layer in 0..<layers {
      // Ports below the first layer follow when the layers above have settled.
      let port = link * layers + layer
      ports[port].setCapacity(layer == 0 ? capacity : ports[port].capacity)
      if !groups.isOn, !pieces[port].isCovered { disturb(Int32(port)) }
    }
    if layers == 1 { coverAnew(link) }
  }

  /// Adds flows to a class or takes them away.
  mutating func changeFlows(of index: Int32, by change: Int32) {
    effort.changes &+= 1
    if groups.isOn { return changeFlowsInGroups(of: index, by: change) }
    let record = classes.base + Int(index)
    let terms = terms.base + Int(index)
    let before = record.pointee.flows
    let after = before + change
    assert(after >= 0)
    let loadBefore = before == 0 ? 0 : load(of: record.pointee)
    let weightBefore = record.pointee.weight
    record.pointee.flows = after
    record.pointee.weight = Double(after) * terms.pointee.weight
    record.pointee.floor = Double(after) * terms.pointee.floor
    if before == 0 { activate(index) }
    let entry = pathPort[record.pointee.heldAt]
    if entry != Sharing.ownCeiling {
      let members: Int32 = (after == 0 ? 0 : 1) - (before == 0 ? 0 : 1)
      ports[entry].changeHeld(by: members, weight: record.pointee.weight - weightBefore)
    }
    disturb(index, by: change, load: (after == 0 ? 0 : load(of: record.pointee)) - loadBefore)
    if after == 0 { deactivate(index) }
    touch(index)
  }

  /// Puts the ports of a class in line after its flows have changed.
  private mutating func disturb(_ index: Int32, by change: Int32, load: Double) {
    let record = classes.base + Int(index)
    let heldBy = pathPort[record.pointee.heldAt]
    let level = record.pointee.level
    let open = openPort.base + Int(record.pointee.pathStart)
    let isArrival = change > 0
    for position in 0..<Int(record.pointee.openPorts) {
      let port = open[position]
      let state = ports.base + Int(port)
      if port == heldBy {
        state.pointee.setStale()
      } else {
        state.pointee.add(load, standingAt: level)
      }
      // More flows can lower any level; fewer can only raise that of a full link, or leave more
      // to the layers below.
      if layers > 1 {
        disturb(port)
      } else if isArrival {
        if !state.pointee.isClearlySlack { disturb(port) }
      } else if state.pointee.level < .infinity {
        disturbed.append(Disturbance(port: port, level: state.pointee.level))
      }
    }
  }

  /// Puts a port in line before all levels, once: a batch may start a million flows on it.
  mutating func disturb(_ port: Int32) {
    guard !pieces[port].isDisturbed else { return }
    pieces[port].isDisturbed = true
    disturbed.append(Disturbance(port: port, level: -.infinity))
  }

  mutating func touch(_ index: Int32) {
    additions &+= 1
    guard classes[index].touchedIn != batch else { return }
    classes[index].touchedIn = batch
    touched.append(index)
  }

  /// Forgets which classes were touched.
  mutating func startBatch() {
    touched.removeAll()
    batch &+= 1
  }
}
