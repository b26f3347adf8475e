// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic
internal import YAMLReader

// Where the accelerators of a job stand: side by side, so many apart, or on cards by name.

extension Checker {
  /// The accelerators of a job; nil where some are not there, which is reported.
  mutating func placement(
    of job: TrainingJob, _ section: TrainingSection, on fabric: Fabric
  ) -> JobPlacement? {
    if let cards = section.collective?.cards { return placement(on: cards, section, fabric) }
    let step = section.collective?.stride?.value.value ?? 1
    let first = section.firstHost.value * fabric.design.gpusPerHost
    let room = fabric.design.gpus - first
    let (reach, overflow) = step.multipliedReportingOverflow(by: job.gpus - 1)
    guard !overflow, reach < room else {
      if let stride = section.collective?.stride {
        report(
          "found \(job.gpus) accelerators \(step) apart, expected at most "
            + "\((room - 1) / step + 1) among the \(room) of the fabric from its first host on",
          at: stride)
      } else {
        report(
          "found \(job.gpus) accelerators, expected at most the \(room) of the fabric from its "
            + "first host on", at: section.origin)
      }
      return nil
    }
    return .spaced(from: first, by: step)
  }

  private mutating func placement(
    on cards: Written<[Written<CardNames>]>, _ section: TrainingSection, _ fabric: Fabric
  ) -> JobPlacement? {
    if section.firstHost.value != 0 {
      report("found first_host beside cards, which name their hosts", at: section.firstHost)
    }
    var taken: Set<Int> = []
    var gpus: [Int] = []
    let problemsBefore = problems.count
    for names in cards.value {
      for card in names.value.cards {
        guard let gpu = gpu(on: card, names, fabric) else { break }
        guard taken.insert(gpu).inserted else {
          report(
            "found card \(Node.quoted(card.text)) twice, expected each once", at: names)
          break
        }
        gpus.append(gpu)
      }
    }
    return problems.count == problemsBefore ? .listed(gpus) : nil
  }

  /// The first accelerator that a card serves.
  private mutating func gpu(
    on card: CardName, _ names: Written<CardNames>, _ fabric: Fabric
  ) -> Int? {
    let design = fabric.design
    guard card.host < design.hosts, card.nic < design.nicsPerHost else {
      report(
        "found card \(Node.quoted(card.text)), expected one from \"h0n0\" to "
          + "\"h\(design.hosts - 1)n\(design.nicsPerHost - 1)\"", at: names)
      return nil
    }
    return card.host * design.gpusPerHost + card.nic * (design.gpusPerHost / design.nicsPerHost)
  }
}
