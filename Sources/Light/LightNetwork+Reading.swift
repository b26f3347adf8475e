// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import NetworkModel

// What others want to know of the light.

extension LightNetwork {
  package func name(ofLightpath index: LightpathID) -> String { "L\(lightpaths[index].number)" }

  /// The channels of a lightpath as a reader counts them, from 1.
  package func channels(of lightpath: Lightpath) -> String {
    let parts =
      segments[lightpath.segments].map { $0.map { ($0.first, $0.count) } }
      ?? [(lightpath.first, lightpath.count)]
    return parts.map { first, count in
      isFlexible ? "\(first + 1)-\(first + count)" : "\(first + 1)"
    }.joined(separator: ";")
  }

  /// A candidate path, with its place in the list of its pair.
  package struct Tried {
    package var index: CandidateID
    package var rank: Int
  }

  /// The candidate paths of all pairs that asked for some, in the order of their sites.
  package func tried() -> [Tried] {
    candidates.triedPairs.flatMap { all in
      all.enumerated().map { Tried(index: $0.element, rank: $0.offset + 1) }
    }
  }

  /// The part of its spectrum that each fibre has in use: the mean over fibres and the most, and
  /// the most that any had so far.
  package var spectrumUse: (mean: Double, most: Double, peak: Double) {
    let rows = model.plant.fibres.indices.flatMap { candidates.rows(of: FibreID(index: $0)) }
    let all = Double(model.grid.count)
    let used = rows.map { Double(spectrum.used(inRow: Int($0))) / all }
    let peaks = rows.map { Double(spectrum.mostUsed(inRow: Int($0))) / all }
    return (
      used.reduce(0, +) / Double(max(1, used.count)), used.max() ?? 0, peaks.max() ?? 0
    )
  }

  /// The most slots of a fibre that were in use at once, in the busier direction.
  ///
  /// Those kept for the protection of a ring count as in use.
  package func mostSlotsUsed(on fibre: FibreID) -> Int {
    candidates.rows(of: fibre).map { spectrum.mostUsed(inRow: Int($0)) }.max() ?? 0
  }

  /// The slots of a fibre that are in use now, in the busier direction; those kept for the
  /// protection of a ring count as in use.
  package func slotsUsed(on fibre: FibreID) -> Int {
    candidates.rows(of: fibre).map { spectrum.used(inRow: Int($0)) }.max() ?? 0
  }

  /// How well a lightpath comes through.
  package struct Quality {
    package var mode: String
    /// In 0.1 nm, on its worst segment.
    package var gsnr_dB: Double
    package var margin_dB: Double
  }
}

extension LightNetwork {
  /// How well a lightpath comes through, at full load or beside what is lit now, as the model
  /// says; nil where its length alone rates it.
  package func quality(of lightpath: Lightpath) -> Quality? {
    guard case .byQuality(let table, _) = model.rating, lightpath.mode >= 0 else { return nil }
    let mode = table.modes[Int(lightpath.mode)]
    if case .litChannels = model.interference {
      return terms(of: lightpath, in: table).map {
        Quality(mode: mode.name, gsnr_dB: $0.gsnr01nm_dB, margin_dB: $0.margin_dB(for: mode))
      }
    }
    // A lightpath with segments is as good as the worst of them.
    let routes =
      segments[lightpath.segments].map { parts in
        model.allowsRegeneration
          ? parts.map { $0.rows.map { fibre(ofRow: $0) } }
          : [candidates.path(lightpath.path).fibres]
      } ?? [candidates.path(lightpath.path).fibres]
    let terms = routes.compactMap { table.terms(over: $0, mode: Int(lightpath.mode)) }
    guard let worst = terms.min(by: { $0.gsnr01nm_dB < $1.gsnr01nm_dB }) else { return nil }
    return Quality(
      mode: mode.name, gsnr_dB: worst.gsnr01nm_dB, margin_dB: worst.margin_dB(for: mode))
  }

  private func fibre(ofRow row: Int32) -> FibreID {
    FibreID(index: Int(model.isTwoWay ? row : row / 2))
  }
}

extension LightNetwork {
  /// The least margin of the lightpaths that carry a link; nil where none is known.
  package func leastMargin_dB(ofLink link: Int) -> Double? {
    var least: Double?
    var last: Lightpath?
    for index in linkCircuits[link] where circuits[index].carries {
      let lightpath = lightpaths[active(circuits[index])]
      // Most channels of a link are the one before it over again.
      if let last, areAlike(last, lightpath) { continue }
      last = lightpath
      guard let margin_dB = quality(of: lightpath)?.margin_dB else { continue }
      least = min(least ?? margin_dB, margin_dB)
    }
    return least
  }

  /// The circuits of a lit link that are lit or will be, in order or not.
  package func litCount(ofLink link: Int) -> Int {
    var count = 0
    for index in linkCircuits[link] where !circuits[index].isLeaving { count += 1 }
    return count
  }

  /// The circuits of a lit link that carry something.
  package func carryingCount(ofLink link: Int) -> Int {
    var count = 0
    for index in linkCircuits[link] where circuits[index].carries { count += 1 }
    return count
  }

  /// The one of a link that was lit last, carries and is not there for clients, and its rate.
  package func lastOwnCircuit(ofLink link: Int) -> (CircuitID, rate: Double)? {
    let last = linkCircuits[link].last { circuits[$0].carries && !circuits[$0].isForClients }
    return last.map { ($0, circuits[$0].lineRate) }
  }

  /// Whether two lightpaths come through alike, as far as can be told without working it out.
  private func areAlike(_ one: Lightpath, _ other: Lightpath) -> Bool {
    guard case .fullLoad = model.interference else { return false }
    return one.path == other.path && one.mode == other.mode
      && segments[one.segments] == nil && segments[other.segments] == nil
  }

  /// What a lit link carries with all of its circuits; of one without any, what one would carry.
  public func nominalCapacity(ofLink link: Int) -> BitsPerSecond {
    BitsPerSecond(linkCircuits[link].reduce(0) { $0 + circuits[$1].nominalRate })
  }
}
