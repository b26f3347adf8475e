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

  /// The different limits of all classes, in order of their first use.
  private(set) var limits: [Double] = []
  /// The groups of `limits` from the lowest to the highest.
  private(set) var limitOrder: [Int] = []
  var groupStart: [Int] = []
  var grouped = AlignedColumn<Int32>()
  var round: Int32 = 0

  /// The group of classes that share a limit, or -1 where there is none.
  mutating func limitGroup(of limit: Double) -> Int32 {
    guard limit < .infinity else { return -1 }
    if let group = limits.lastIndex(of: limit) { return Int32(group) }
    limits.append(limit)
    limitOrder = limits.indices.sorted { limits[$0] < limits[$1] }
    return Int32(limits.count - 1)
  }
}

extension Sharing {
  /// Fills a layer from a level up; what stands below it must be final already.
  mutating func fillDensely(_ layer: Int, from bottom: Double) {
    dense.round &+= 1
    collectPorts(layer, from: bottom)
    collectClasses(layer, from: bottom)
    sortByLimit(layer)
    for port in stride(from: layer, to: ports.count, by: layers) {
      dense.levels.setLeaf(Int32(port), to: denseLevel(dense.ports[port]))
    }
    dense.levels.rebuild()
    var nextGroup = 0
    while true {
      let level = dense.levels.least
      if nextGroup < dense.limitOrder.count {
        let group = dense.limitOrder[nextGroup]
        let limit = dense.limits[group]
        if limit <= level {
          holdGroup(group, at: limit)
          nextGroup += 1
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

  /// Sorts the classes of the layer that have a ceiling by their group.
  private mutating func sortByLimit(_ layer: Int) {
    let groups = dense.limits.count
    guard groups > 0 else { return }
    var sizes = Array(repeating: 0, count: groups + 1)
    for index in 0..<active.count {
      let group = limitGroup[active[index]]
      guard group >= 0, isIn(layer, active[index]) else { continue }
      sizes[Int(group) + 1] += 1
    }
    for group in 0..<groups { sizes[group + 1] += sizes[group] }
    dense.groupStart = sizes
    dense.grouped.resizeUninitialised(to: sizes[groups])
    for index in 0..<active.count {
      let group = Int(limitGroup[active[index]])
      guard group >= 0, isIn(layer, active[index]) else { continue }
      dense.grouped[sizes[group]] = active[index]
      sizes[group] += 1
    }
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
    return port.floor > left ? left / port.floor - 1 : (left - port.floor) / port.weight
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

  private mutating func holdGroup(_ group: Int, at limit: Double) {
    for index in dense.groupStart[group]..<dense.groupStart[group + 1] {
      let flowClass = dense.grouped[index]
      let record = classes[flowClass]
      hold(flowClass, at: limit, entry: record.pathStart + record.hops)
    }
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
