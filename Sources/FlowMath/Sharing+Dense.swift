// SPDX-License-Identifier: GPL-3.0-or-later

// The dense solve: progressive filling of one layer from nothing.
//
// The water rises in all open classes at once. The port that is full first holds its open classes
// at that level and takes their load off the other ports of their paths; a class that reaches its
// ceiling first is held there. Each class is held once, so the cost is that of looking at every
// path entry twice and of finding the lowest port once for each port that fills.

/// The columns that a dense solve fills: one entry per port that has members.
struct DenseScratch: ~Copyable {
  var port = AlignedColumn<Int32>()
  /// Where each port stands in these columns.
  var place = AlignedColumn<Int32>()
  var room = AlignedColumn<Double>()
  var weight = AlignedColumn<Double>()
  var floor = AlignedColumn<Double>()
  var open = AlignedColumn<Int32>()
  var isFull = AlignedColumn<Int8>()
  /// The level at which each port would be full, infinity once it has no open class.
  var level = AlignedColumn<Double>()

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
  mutating func fillDensely(_ layer: Int) {
    dense.round &+= 1
    collectPorts(layer)
    collectClasses(layer)
    for place in 0..<dense.port.count { dense.level[place] = denseLevel(place) }
    var nextGroup = 0
    while true {
      let (place, level) = lowestPort()
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
      holdMembers(of: place, at: level)
    }
    releaseSlackPorts()
  }

  /// Takes down what is left by the ports that hold nobody.
  private mutating func releaseSlackPorts() {
    for place in 0..<dense.port.count where dense.isFull[place] == 0 {
      let port = ports.base + Int(dense.port[place])
      port.pointee.level = .infinity
      port.pointee.setLoad(port.pointee.capacity - dense.room[place])
    }
  }

  private mutating func collectPorts(_ layer: Int) {
    dense.port.removeAll()
    dense.place.resize(to: ports.count, filling: -1)
    for port in stride(from: layer, to: ports.count, by: layers) {
      ports[port].isFresh = false
      if ports[port].members > 0 {
        dense.place[port] = Int32(dense.port.count)
        dense.port.append(Int32(port))
      } else {
        ports[port].level = .infinity
        ports[port].setLoad(0)
      }
    }
    let count = dense.port.count
    let padded = (count + Lanes.scalarCount - 1) / Lanes.scalarCount * Lanes.scalarCount
    dense.room.resizeUninitialised(to: count)
    dense.weight.resizeUninitialised(to: count)
    dense.floor.resizeUninitialised(to: count)
    dense.open.resizeUninitialised(to: count)
    dense.isFull.resizeUninitialised(to: count)
    dense.level.resizeUninitialised(to: padded)
    for place in count..<padded { dense.level[place] = .infinity }
    for place in 0..<count {
      let port = dense.port[place]
      dense.room[place] = ports[port].capacity
      dense.weight[place] = 0
      dense.floor[place] = 0
      dense.open[place] = ports[port].members
      dense.isFull[place] = 0
    }
  }

  /// Adds every class of the layer to its ports, and sorts those with a ceiling by their group.
  private mutating func collectClasses(_ layer: Int) {
    let groups = dense.limits.count
    var sizes = Array(repeating: 0, count: groups + 1)
    for index in 0..<active.count {
      let record = classes[active[index]]
      let start = Int(record.pathStart)
      guard isPort(pathPort[start], in: layer) else { continue }
      for hop in start..<start + Int(record.hops) {
        let place = dense.place[pathPort[hop]]
        dense.weight[place] += record.weight
        dense.floor[place] += record.floor
      }
      if record.limitGroup >= 0 { sizes[Int(record.limitGroup) + 1] += 1 }
    }
    guard groups > 0 else { return }
    for group in 0..<groups { sizes[group + 1] += sizes[group] }
    dense.groupStart = sizes
    dense.grouped.resizeUninitialised(to: sizes[groups])
    for index in 0..<active.count {
      let flowClass = active[index]
      let group = Int(classes[flowClass].limitGroup)
      guard group >= 0, isPort(pathPort[classes[flowClass].pathStart], in: layer) else { continue }
      dense.grouped[sizes[group]] = flowClass
      sizes[group] += 1
    }
  }

  /// The level at which a port is full if all its open classes rise together.
  private func denseLevel(_ place: Int) -> Double {
    guard dense.open[place] > 0 else { return .infinity }
    let left = max(0, dense.room[place])
    let floor = dense.floor[place]
    guard hasFloors, floor > 0 else { return left / dense.weight[place] }
    return floor > left ? left / floor - 1 : (left - floor) / dense.weight[place]
  }

  /// The port that is full first; of equal ones the first.
  private func lowestPort() -> (place: Int, level: Double) {
    let levels = UnsafeRawPointer(dense.level.base).assumingMemoryBound(to: Lanes.self)
    let count = dense.level.count / Lanes.scalarCount
    var lowest = Lanes(repeating: .infinity)
    for index in 0..<count { lowest = pointwiseMin(lowest, levels[index]) }
    let level = lowest.min()
    guard level < .infinity else { return (0, level) }
    let wanted = Lanes(repeating: level)
    for index in 0..<count {
      let isFound = levels[index] .== wanted
      guard any(isFound) else { continue }
      for lane in 0..<Lanes.scalarCount where isFound[lane] {
        return (index * Lanes.scalarCount + lane, level)
      }
    }
    preconditionFailure("the lowest level is one of the levels")
  }

  private mutating func holdMembers(of place: Int, at level: Double) {
    let port = dense.port[place]
    let record = ports[port]
    let now = abs(level - record.level) <= tolerance(at: record.level) ? record.level : level
    ports[port].level = now
    dense.isFull[place] = 1
    for index in 0..<record.members {
      let member = members[record.start + index]
      hold(member.flowClass, at: now, entry: member.hop)
    }
    dense.level[place] = .infinity
  }

  private mutating func holdGroup(_ group: Int, at limit: Double) {
    for index in dense.groupStart[group]..<dense.groupStart[group + 1] {
      let flowClass = dense.grouped[index]
      let record = classes[flowClass]
      hold(flowClass, at: limit, entry: record.pathStart + record.hops)
    }
  }

  /// Holds a class that is still open, and takes its load off its other ports.
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
    let start = record.pointee.pathStart
    for hop in start..<start + record.pointee.hops where hop != entry {
      let place = Int(dense.place[pathPort[hop]])
      dense.room[place] -= load
      dense.weight[place] -= record.pointee.weight
      dense.floor[place] -= record.pointee.floor
      dense.open[place] -= 1
      dense.level[place] = denseLevel(place)
    }
  }
}
