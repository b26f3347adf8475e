// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

/// The state of the light: which channels are taken, by which circuits, over which fibres.
///
/// It knows no clock and plans nothing: whoever moves it hands in the time and is told what
/// became of circuits. As a value it can be lit once for a model and copied into each run.
public struct LightNetwork: Sendable {
  var boxedModel: Boxed<LightModel>
  package var spectrum: SpectrumTable
  /// The channels kept for ring protection that are in use.
  package var ringSpectrum: SpectrumTable
  package var candidates: CandidateStore
  package var lightpaths = SlotStore<Lightpath>()
  package var circuits = SlotStore<Circuit>()
  /// The lightpaths in each row of the spectrum, where it matters which are lit.
  package var neighbours: [[LightpathID]] = []
  package var segments: [Int32: [Segment]] = [:]
  private var nextSegments: Int32 = 0
  /// By place, where light is regenerated and channels are not converted.
  package internal(set) var regenerators: [NodeID: RegeneratorCount] = [:]
  /// The circuits of each lit link, in order of lighting.
  package var linkCircuits: [[CircuitID]]
  package var clients = SlotStore<Client>()
  /// Circuits with room for further clients, by pair of sites, and how many there are.
  package var openCircuits: [Int32: [CircuitID]] = [:]
  package var openCount = 0
  /// Faults that each fibre has now.
  package var faults: [Int32]
  package var downRows: StrandSet
  /// The lit link that takes what requests light, by pair of sites.
  package let onDemandLinks: [Int32: LitLinkID]
  package let router: LightRouter
  package let isFlexible: Bool
  package let guardSlots: Int32
  package var stream: RandomStream
  package var lightpathsLit: Int32 = 0

  public init(_ model: LightModel, siteCount: Int, seed: UInt64) {
    boxedModel = Boxed(model)
    let rows = model.plant.fibres.count * (model.isTwoWay ? 1 : 2)
    let slots = model.grid.count
    spectrum = SpectrumTable(rows: rows, slots: slots)
    ringSpectrum = SpectrumTable(rows: rows, slots: slots)
    candidates = CandidateStore(model, siteCount: siteCount)
    linkCircuits = Array(repeating: [], count: model.links.count)
    faults = Array(repeating: 0, count: model.plant.fibres.count)
    downRows = StrandSet(rows: rows)
    router = LightRouter(assignment: model.assignment, search: model.search)
    isFlexible = if case .flexible = model.grid { true } else { false }
    guardSlots = if case .flexible(let grid) = model.grid { Int32(grid.guardSlots) } else { 0 }
    stream = LightNetwork.stream(seed: seed)
    if case .litChannels = model.interference {
      neighbours = Array(repeating: [], count: rows)
    }
    var onDemand: [Int32: LitLinkID] = [:]
    for (index, link) in model.links.enumerated() where link.isOnDemand {
      onDemand[candidates.pair(link.ends.source.index, link.ends.target.index)] = LitLinkID(index)
    }
    onDemandLinks = onDemand
    reserveRings()
  }

  /// Whether nothing has been drawn by chance yet, so that another seed can take the place of its own.
  public var canTakeSeed: Bool { model.assignment != .random || lightpathsLit == 0 }

  /// Draws from another seed from now on.
  public mutating func take(seed: UInt64) {
    stream = LightNetwork.stream(seed: seed)
  }

  private static func stream(seed: UInt64) -> RandomStream {
    RandomStream(seed: seed, name: "light/assignment")
  }

  package var model: LightModel {
    _read { yield boxedModel.value }
  }

  /// Whether there is any light at all.
  public var isEmpty: Bool { model.plant.fibres.isEmpty }

  /// What a lit link carries as things stand.
  public func capacity(ofLink link: Int) -> BitsPerSecond {
    BitsPerSecond(
      linkCircuits[link].reduce(0) {
        circuits[$1].carries ? $0 + circuits[$1].lineRate : $0
      })
  }

  /// Whether a lit link has a circuit that carries, or would but for a fault.
  package func hasBegun(link: Int) -> Bool {
    linkCircuits[link].contains { index in
      switch circuits[index].state {
      case .up, .switching, .down: true
      case .settingUp, .tearingDown: false
      }
    }
  }

  /// What a lit link carries once what is being set up or switched is there.
  package func capacityToCome(ofLink link: Int) -> Double {
    linkCircuits[link].reduce(0) { sum, index in
      switch circuits[index].state {
      case .up: sum + circuits[index].lineRate
      case .settingUp, .switching: sum + circuits[index].nominalRate
      case .down, .tearingDown: sum
      }
    }
  }

  /// The number of circuits of a lit link, whatever their state.
  public func circuitCount(ofLink link: Int) -> Int { linkCircuits[link].count }

  /// The time that light takes over the first circuit of a lit link that carries something.
  public func delay(ofLink link: Int) -> SimDuration? {
    let all = linkCircuits[link]
    let first = all.first { circuits[$0].carries } ?? all.first
    return first.map { delay(ofPath: lightpaths[active(circuits[$0])].path) }
  }

  package func delay(ofPath path: CandidateID) -> SimDuration {
    model.delay(of: candidates.path(path))
  }

  /// The lightpath that carries a circuit, or would.
  package func active(_ circuit: Circuit) -> LightpathID {
    circuit.isOnOther ? circuit.other : circuit.working
  }

  /// Keeps the upper half of the channels of protected rings free of anything else.
  private mutating func reserveRings() {
    let half = model.grid.count / 2
    var reserved: Set<FibreID> = []
    for ring in candidates.protectedRings.sorted() {
      for fibre in model.plant.rings[ring].fibres where reserved.insert(fibre).inserted {
        for row in candidates.rows(of: fibre) {
          spectrum.occupy(
            rows: [row], first: half, count: model.grid.count - half)
        }
      }
    }
  }

  package mutating func keep(_ parts: [Segment]) -> Int32 {
    nextSegments += 1
    segments[nextSegments] = parts
    return nextSegments
  }
}
