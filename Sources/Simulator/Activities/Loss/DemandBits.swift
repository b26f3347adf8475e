// SPDX-License-Identifier: GPL-3.0-or-later

internal import NetworkModel

// What demands have carried of links, of all classes together or of each.

extension LossBook {
  /// A demand of a class has sent bits over a link.
  @inline(__always)
  func carry(_ bits: Double, over link: LinkID, for trafficClass: Int) {
    demandBits[trafficClass * demandStride + Int(link.index)] += bits
  }

  /// What all demands have carried of a link so far, in bits.
  func demandBits(of link: Int) -> Double {
    guard demandStride > 0 else { return demandBits[link] }
    return stride(from: link, to: demandBits.count, by: demandStride).reduce(0) {
      $0 + demandBits[$1]
    }
  }

  /// By class, then by link; of use where links are told of by class.
  func demandBitsByClass(classes: Int, links: Int) -> [[Double]] {
    (0..<classes).map { trafficClass in
      (0..<links).map { link in
        isOn && demandStride > 0 ? demandBits[trafficClass * demandStride + link] : 0
      }
    }
  }
}
