// SPDX-License-Identifier: GPL-3.0-or-later

// The dense solve: progressive filling of one layer, from nothing or from a level below which
// all is known to be final.
//
// The water rises in all open classes at once. The port that is full first holds its open classes
// at that level and takes their load off the other ports of their paths; a class that reaches its
// ceiling first is held there. Each class is held once, so the cost is that of looking at every
// path entry twice and of finding the lowest port once for each port that fills.

/// What a dense solve keeps of a port.
struct DensePort: BitwiseCopyable {
  /// The capacity that the held classes leave.
  var room: Double
  /// Weight and floor of the open classes.
  var weight = 0.0
  var floor = 0.0
  var open: Int32 = 0
  var isFull = false
}

/// The columns that a dense solve fills: one entry per port.
struct DenseScratch: ~Copyable {
  var ports = AlignedColumn<DensePort>()
  /// The level at which each port would be full, infinity once it has no open class.
  var levels = LeastTree()

  /// The different limits of all classes, in order of their first use, while they are few.
  private(set) var limits: [Double] = []
  /// For each of `limits` its place among them, from the lowest to the highest.
  private(set) var limitRank: [Int] = []
  /// Whether there are or were so many that classes are sorted by comparing them.
  private(set) var hasManyLimits = false
  /// The classes with a limit, from the lowest to the highest.
  var limited = AlignedColumn<Int32>()
  var round: Int32 = 0

  static let mostGroups = 64

  /// The group of classes that share a limit, or -1 where there is none or where groups are of no
  /// use any more.
  mutating func limitGroup(of limit: Double) -> Int32 {
    guard limit < .infinity, !hasManyLimits else { return -1 }
    if let group = limits.lastIndex(of: limit) { return Int32(group) }
    guard limits.count < DenseScratch.mostGroups else {
      hasManyLimits = true
      return -1
    }
    limits.append(limit)
    limitRank = limits.map { limit in limits.count { $0 < limit } }
    return Int32(limits.count - 1)
  }
}

extension Sharing {
  /// Fills a layer from a level up; what stands below it must be final already.
  mutating func fillDensely(_ layer: Int, from bottom: Double) {
    dense.round &+= 1
    effort.visits &+= 2 &* activeHops
    collectPorts(layer, from: bottom)
    collectClasses(layer, from: bottom)
    sortByLimit(layer)
    for port in stride(from: layer, to: ports.count, by: layers) {
      dense.levels.setLeaf(Int32(port), to: denseLevel(dense.ports[port]))
    }
    dense.levels.rebuild()
    var next = 0
    while true {
      let level = dense.levels.least
      if next < dense.limited.count {
        let record = classes[dense.limited[next]]
        if record.limit <= level {
          hold(dense.limited[next], at: record.limit, entry: record.pathStart + record.hops)
          next += 1
          continue
        }
      }
      guard level < .infinity else { break }
      holdMembers(of: dense.levels.leastIndex(), at: level)
    }
    releaseSlackPorts(layer)
  }

  private mutating func collectPorts(_ layer: Int, from bottom: Double) {
    for port in stride(from: layer, to: ports.count, by: layers) {
      let record = ports[port]
      dense.ports[port] = DensePort(room: record.capacity, isFull: record.level < bottom)
    }
  }

  /// Adds every class of the layer to its ports: its load where it is held, else its weight.
  private mutating func collectClasses(_ layer: Int, from bottom: Double) {
    let ports = dense.ports.base
    for index in 0..<active.count {
      let record = classes.base + Int(active[index])
      let start = Int(record.pointee.pathStart)
      let path = openPort.base + start
      guard isPort(path[0], in: layer) else { continue }
      if record.pointee.level < bottom {
        record.pointee.frozenIn = dense.round
        let load = load(of: record.pointee)
        for hop in 0..<Int(record.pointee.openPorts) { ports[Int(path[hop])].room -= load }
        continue
      }
      for hop in 0..<Int(record.pointee.openPorts) {
        let port = ports + Int(path[hop])
        port.pointee.weight += record.pointee.weight
        port.pointee.floor += record.pointee.floor
        port.pointee.open += 1
      }
    }
  }

  /// Puts the classes of the layer that have a ceiling in order of it.
  private mutating func sortByLimit(_ layer: Int) {
    dense.limited.removeAll()
    if dense.hasManyLimits {
      for index in 0..<active.count where isLimited(active[index], in: layer) {
        dense.limited.append(active[index])
      }
      let classes = classes.base
      var limited = UnsafeMutableBufferPointer(
        start: dense.limited.base, count: dense.limited.count)
      limited.sort { (classes[Int($0)].limit, $0) < (classes[Int($1)].limit, $1) }
    } else if !dense.limits.isEmpty {
      sortByGroup(layer)
    }
  }

  /// One pass over the classes where there are only a few different limits.
  private mutating func sortByGroup(_ layer: Int) {
    var starts = Array(repeating: 0, count: dense.limits.count + 1)
    for index in 0..<active.count where isLimited(active[index], in: layer) {
      starts[dense.limitRank[Int(limitGroup[active[index]])] + 1] += 1
    }
    for rank in dense.limits.indices { starts[rank + 1] += starts[rank] }
    dense.limited.resizeUninitialised(to: starts[dense.limits.count])
    for index in 0..<active.count where isLimited(active[index], in: layer) {
      let rank = dense.limitRank[Int(limitGroup[active[index]])]
      dense.limited[starts[rank]] = active[index]
      starts[rank] += 1
    }
  }

  @inline(__always)
  private func isLimited(_ index: Int32, in layer: Int) -> Bool {
    classes[index].limit < .infinity && isIn(layer, index)
  }

  private func isIn(_ layer: Int, _ flowClass: Int32) -> Bool {
    isPort(pathPort[classes[flowClass].pathStart], in: layer)
  }

  /// The level at which a port is full if all its open classes rise together.
  @inline(__always)
  private func denseLevel(_ port: DensePort) -> Double {
    guard port.open > 0 else { return .infinity }
    let left = max(0, port.room)
    guard hasFloors, port.floor > 0 else { return left / port.weight }
    return port.floor > left
      ? WaterLevel.keeping(left / port.floor) : (left - port.floor) / port.weight
  }

  private mutating func holdMembers(of port: Int32, at level: Double) {
    let record = ports[port]
    let now = abs(level - record.level) <= tolerance(at: record.level) ? record.level : level
    ports[port].setLevel(now)
    dense.ports[port].isFull = true
    let piece = pieces[port]
    let list = members.base + Int(piece.start)
    for index in 0..<Int(piece.count) {
      hold(list[index].flowClass, at: now, entry: list[index].hop)
    }
    dense.levels.set(port, to: .infinity)
  }

  /// Holds a class that is still open, and takes its load off its other ports.
  @inline(__always)
  private mutating func hold(_ index: Int32, at level: Double, entry: Int32) {
    let record = classes.base + Int(index)
    guard record.pointee.frozenIn != dense.round else { return }
    record.pointee.frozenIn = dense.round
    if record.pointee.level != level || record.pointee.heldAt != entry {
      record.pointee.level = level
      record.pointee.heldAt = entry
      touch(index)
    }
    let load = load(of: record.pointee)
    let heldBy = pathPort[entry]
    let path = openPort.base + Int(record.pointee.pathStart)
    for hop in 0..<Int(record.pointee.openPorts) where path[hop] != heldBy {
      let port = dense.ports.base + Int(path[hop])
      port.pointee.room -= load
      port.pointee.weight -= record.pointee.weight
      port.pointee.floor -= record.pointee.floor
      port.pointee.open -= 1
      dense.levels.set(path[hop], to: denseLevel(port.pointee))
    }
  }

  /// Takes down what is left by the ports that hold nobody.
  private mutating func releaseSlackPorts(_ layer: Int) {
    for port in stride(from: layer, to: ports.count, by: layers) {
      ports[port].setStale()
      guard !dense.ports[port].isFull else {
        ports[port].forgetLoad()
        continue
      }
      ports[port].setLevel(.infinity)
      ports[port].setSlack(
        load: ports[port].capacity - dense.ports[port].room, after: additions)
    }
  }
}
