// SPDX-License-Identifier: GPL-3.0-or-later

/// When the local way of solving is worth a try.
struct SolverEffort: BitwiseCopyable {
  /// Solves still to be done densely without trying the local way first.
  var denseAhead = 0
  /// How many that will be the next time the local way gives up.
  var patience = 1

  /// Entries of paths that were looked at since that was last asked.
  var visits = 0
  /// Changes of flows since that was last asked.
  var changes = 0

  /// How often links may be looked at in a solve of groups: each of them, and on top of that.
  var looksPerLink = 8
  var sureLooks = 64
  /// How often loads may be added to in groups before they round too much.
  var mostAdditions = 1 << 20

  /// Set by tests that compare one method with the other.
  var forced = Way.asMeasured

  enum Way { case asMeasured, local, dense }

  static let longestPatience = 256

  mutating func localGaveUp() {
    denseAhead = patience
    patience = min(2 * patience, SolverEffort.longestPatience)
  }

  mutating func localHeld() {
    patience = max(1, patience / 2)
  }
}

extension Sharing {
  /// Brings every level up to date with the changes since the last solve.
  mutating func solve() {
    guard !disturbed.isEmpty || isAllDisturbed else { return }
    solves &+= 1
    forgetOldLoads()
    for layer in 0..<layers {
      fill(layer)
      if layer + 1 < layers { passOn(layer) }
    }
    for index in 0..<disturbed.count { pieces[disturbed[index].port].isDisturbed = false }
    disturbed.removeAll()
    isAllDisturbed = false
  }

  /// Has all loads summed anew before their rounding could add up.
  private mutating func forgetOldLoads() {
    guard additions > SharingPort.mostAdditions else { return }
    additions = 0
    for port in 0..<ports.count { ports[port].forgetLoad() }
  }

  func isPort(_ port: Int32, in layer: Int) -> Bool {
    layers == 1 || Int(port) % layers == layer
  }

  private mutating func fill(_ layer: Int) {
    // A departure leaves alone what stands below it; an arrival may lower anything.
    var bottom = -Double.infinity
    if isAllDisturbed {
      queue.removeAll()
    } else if isWorthALocalTry() {
      bottom = putInLine(layer)
      guard bottom < .infinity else { return }
      let budget = effort.forced == .local ? Int.max : 256 + activeHops
      guard let reached = fillLocally(budget: budget) else {
        effort.localHeld()
        return
      }
      effort.localGaveUp()
      if bottom > -.infinity { bottom = reached }
    } else {
      bottom = lowestDisturbed(layer)
      guard bottom < .infinity else { return }
    }
    queue.removeAll()
    fillDensely(layer, from: bottom)
  }

  /// The lowest level from which a port of the layer may have to move, infinity where none has to.
  private func lowestDisturbed(_ layer: Int) -> Double {
    var lowest = Double.infinity
    for index in 0..<disturbed.count where isPort(disturbed[index].port, in: layer) {
      if ports[disturbed[index].port].isClearlySlack { continue }
      lowest = min(lowest, disturbed[index].level)
    }
    return lowest
  }

  private mutating func isWorthALocalTry() -> Bool {
    switch effort.forced {
    case .local: return true
    case .dense: return false
    case .asMeasured: break
    }
    if effort.denseAhead > 0 {
      effort.denseAhead -= 1
      return false
    }
    // A batch that disturbs a good part of everything goes straight to the dense way.
    return disturbed.count <= 64 + activeHops / 4
  }

  /// Gives the ports of the next layer what this one leaves of their links.
  private mutating func passOn(_ layer: Int) {
    for index in 0..<disturbed.count {
      passOn(link: Int(disturbed[index].port) / layers, layer: layer)
    }
    for index in 0..<touched.count {
      let record = classes[touched[index]]
      for hop in Int(record.pathStart)..<Int(record.pathStart + record.hops) {
        passOn(link: Int(pathPort[hop]) / layers, layer: layer)
      }
    }
  }

  private mutating func passOn(link: Int, layer: Int) {
    let port = link * layers + layer
    // Once is enough: thousands of the classes that were touched may cross it.
    guard pieces[port].passedIn != solves else { return }
    pieces[port].passedIn = solves
    let left = capacityLeft(by: port)
    let below = Int32(port + 1)
    guard ports[below].capacity != left else { return }
    ports[below].setCapacity(left)
    disturb(below)
  }

  /// What the classes of a port leave of its capacity.
  private func capacityLeft(by port: Int) -> Double {
    let piece = pieces[port]
    var left = ports[port].capacity
    for index in 0..<piece.count {
      let flowClass = members[piece.start + index].flowClass
      left -= load(of: classes[flowClass])
    }
    // Rounding must not leave a sliver to be shared on a link that is full.
    return left < levelTolerance * linkCapacity[port / layers] ? 0 : left
  }

  /// The rate of all flows of a class together.
  @inline(__always)
  func load(of record: SharingClass) -> Double { load(of: record, at: record.level) }

  @inline(__always)
  func load(of record: SharingClass, at level: Double) -> Double {
    Sharing.load(weight: record.weight, floor: record.floor, at: level)
  }

  /// What so much weight and so much of floors send together at a level.
  @inline(__always)
  static func load(weight: Double, floor: Double, at level: Double) -> Double {
    level < 0 ? floor * WaterLevel.keptPart(at: level) : floor + weight * level
  }
}
