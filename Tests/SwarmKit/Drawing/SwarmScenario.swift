// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// A scenario that was drawn, with the files that it refers to.
public struct SwarmScenario: Sendable {
  public let seed: UInt64
  /// The scenario as a tree, which can be cut smaller.
  var root: Node
  /// Texts of traces by the names of their files.
  public var files: [(name: String, text: String)] = []

  /// Draws the scenario of a seed, the same one at every time and place.
  public init(seed: UInt64) {
    self.seed = seed
    var world = World(seed: seed)
    world.drawNetwork()
    world.drawClasses()
    world.drawTraffic()
    world.drawEvents()
    world.drawOutputs()
    world.drawPools()
    world.drawLines()
    world.drawFlowLines()
    world.drawTeams()
    root = world.node
    files = world.files
  }

  init(seed: UInt64, root: Node, files: [(name: String, text: String)]) {
    self.seed = seed
    self.root = root
    self.files = files
  }

  /// The file, as one that loads by itself beside its traces.
  public var text: String { root.json }
}
