// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Policies
internal import Scheduling
internal import Traffic

// By which paths the transfers of an exchange cross a fabric, where a program outside says it.
//
// It is asked once a phase, about all transfers that may take several paths, and again when a link
// of the fabric changes. It is told what is under way on every link, so that it can do all that the
// controller which comes with this program does.

extension Training {
  /// Has the programs decide on whose fabrics jobs train.
  func enlistSpreaders() {
    for (number, entry) in model.training.fabrics.enumerated() {
      guard let command = entry.program,
        model.training.jobs.contains(where: { $0.fabric == number })
      else { continue }
      spreaders[number] = world.programs.seam(
        "exchanges", by: command, telling: world.fabrics(of: command))
    }
  }

  /// Asks for the paths of all transfers of the phase under way.
  ///
  /// Nobody is asked about those without a choice: inside a leaf, or with no path that is up, which
  /// wait on any. `bits` is what each has to send yet, where that is not all.
  func paths(
    of index: Int, _ bits: [Double]?, by seam: OutsideSeam
  ) throws(RunError) -> BalancedPaths {
    let transfers = book.exchanges[index].transfers
    let entry = fabric(ofJob: book.exchanges[index].job)
    let batch = batch(transfers.map(\.pair), on: entry.fabric, of: index)
    let asked = transfers.indices.filter { place in
      let (pair, tier) = (transfers[place].pair, transfers[place].tier)
      let all = entry.fabric.choices(at: tier)
      return all > 1 && (0..<all).contains { batch.isUp($0, of: pair, tier) }
    }
    let job = model.training.jobs[book.exchanges[index].job].name
    let chosen =
      asked.isEmpty
      ? []
      : try answer(to: batch, of: job, by: seam, asked.map { (transfers[$0], bits?[$0]) })
    var paths = BalancedPaths()
    var next = 0
    for place in transfers.indices {
      if next < asked.count, asked[next] == place {
        for choice in chosen[next] { paths.append(choice) }
        next += 1
      } else {
        paths.append(0)
      }
      paths.endTransfer()
    }
    return paths
  }

  private typealias Asked = (transfer: ExchangeState.Transfer, left: Double?)

  private func answer(
    to batch: BalancedBatch, of job: String, by seam: OutsideSeam, _ asked: [Asked]
  ) throws(RunError) -> [[Int]] {
    let fabric = batch.fabric
    let reply: ExchangesReply = try seam.ask(at: now, parts: asked.count) { _ in
    } question: { writer in
      writer.member(",\"fabric\":", fabric.design.name)
      writer.member(",\"job\":", job)
      writer.raw(",\"transfers\":")
      writer.list(asked) { asked, writer in
        writer.add(asked.transfer.pair, (asked.left ?? asked.transfer.bits) / 8, on: fabric)
      }
      writer.addLoads(of: batch)
    }
    guard reply.paths.count == asked.count else {
      throw seam.wrong(
        "found paths of \(reply.paths.count) transfers, expected those of \(asked.count)")
    }
    var chosen: [[Int]] = []
    for (place, paths) in reply.paths.enumerated() {
      let (transfer, what) = (asked[place].transfer, " for transfer \(place)")
      guard (1...LoadBalancing.mostParts).contains(paths.count) else {
        throw seam.wrong(
          "found \(paths.count) paths, expected 1 to \(LoadBalancing.mostParts)\(what)")
      }
      let all = fabric.choices(at: transfer.tier)
      var known: [Int] = []
      for path in paths {
        known.append(
          try seam.path(path, among: all, for: what) {
            batch.isUp($0, of: transfer.pair, transfer.tier)
          })
      }
      chosen.append(known)
    }
    return chosen
  }
}

// MARK: - Messages

extension MessageWriter {
  fileprivate mutating func add(_ pair: NICPair, _ bytes: Double, on fabric: Fabric) {
    let cards = [Int(pair.source), Int(pair.target)]
    raw("{\"cards\":")
    list(cards) { $1.text("\(fabric.design.name)/\(fabric.name(ofNIC: $0))") }
    raw(",\"leaves\":")
    list(cards) { $1.number(Int64(fabric.leaf(ofNIC: $0))) }
    raw(",\"bytes\":")
    number(bytes)
    raw("}")
  }

  /// What is under way on the links of a fabric.
  fileprivate mutating func addLoads(of batch: BalancedBatch) {
    let fabric = batch.fabric
    let leaves = (0..<fabric.leafCount).map { leaf in
      (0..<fabric.spinesPerPod).map { fabric.leafLink(leaf, spine: $0) }
    }
    addLoads(",\"up\":", of: leaves, batch)
    addLoads(",\"down\":", of: leaves.map { $0.map { $0 + 1 } }, batch)
    guard fabric.uplinksPerSpine > 0 else { return }
    let spines = (0..<fabric.podCount * fabric.spinesPerPod).map { spine in
      (0..<fabric.uplinksPerSpine).map { core in
        fabric.spineLink(
          pod: spine / fabric.spinesPerPod, spine: spine % fabric.spinesPerPod, core: core)
      }
    }
    addLoads(",\"core_up\":", of: spines, batch)
    addLoads(",\"core_down\":", of: spines.map { $0.map { $0 + 1 } }, batch)
  }

  private mutating func addLoads(
    _ key: StaticString, of links: [[Int]], _ batch: BalancedBatch
  ) {
    raw(key)
    list(links) { links, writer in
      writer.list(links) { link, writer in
        guard !batch.down.contains(link) else { return writer.raw("null") }
        writer.number(Double(batch.loads[link - batch.fabric.firstLink]))
      }
    }
  }
}
