// SPDX-License-Identifier: GPL-3.0-or-later

internal import FlowMath

extension Loss {
  /// What a link does to packets: the mean over those that arrive, where it treats them unlike.
  ///
  /// The mean delay is over those that are not lost; the 99th percentile of all is at most the
  /// greatest of a level.
  func lossOfLink(_ link: Int) -> LinkLoss {
    let parts = partsOfLoss(link)
    guard parts.count > 1 else { return parts.first?.loss ?? book.links[link] }
    return LinkLoss(parts)
  }

  /// What arrives at a link in parts that it treats alike, in bit/s, with what it does to each.
  private func partsOfLoss(_ link: Int) -> [(rate: Double, loss: LinkLoss)] {
    var parts: [(rate: Double, loss: LinkLoss)] = []
    for place in book.levels.places(of: link) {
      let beside = book.open.besideArriving(at: place)
      let flows = max(0, book.elastic[place] - book.beside[place])
      let rate = book.open.arriving(at: place) + flows
      if rate > 0 { parts.append((rate, book.links[place])) }
      guard beside > 0 else { continue }
      var quality = book.links[place]
      let port = book.open.besideLoss(at: place)
      quality.overload = quality.isDown ? 0 : port.overload
      quality.queue = port.queue
      parts.append((beside, quality))
    }
    // An empty port is as its highest level finds it.
    if parts.isEmpty { parts = [(1, book.links[book.levels.places(of: link).lowerBound])] }
    return parts
  }
}

extension LinkLoss {
  /// The mean over parts of what arrives: cause by cause of what the one before leaves, so that the
  /// product of the causes is the mean as well.
  fileprivate init(_ parts: [(rate: Double, loss: LinkLoss)]) {
    self = parts[0].loss
    var left = parts.map(\.rate)
    for cause in [\LinkLoss.overload, \LinkLoss.queue, \LinkLoss.congestion] {
      let before = left.reduce(0, +)
      var lost = 0.0
      for (index, part) in parts.enumerated() {
        let taken = left[index] * part.loss[keyPath: cause]
        lost += taken
        left[index] -= taken
      }
      self[keyPath: cause] = before > 0 ? min(1, lost / before) : 0
    }
    delayP99_s = parts.map(\.loss.delayP99_s).max() ?? delayP99_s
    let kept = left.reduce(0, +)
    guard kept > 0 else { return }
    delay_s = zip(left, parts).reduce(0) { $0 + $1.0 * $1.1.loss.delay_s } / kept
  }
}
