// SPDX-License-Identifier: GPL-3.0-or-later

// Where accelerators, cards, leaves and cables stand.

extension Fabric {
  public func host(ofGPU gpu: Int) -> Int { gpu / design.gpusPerHost }

  /// The card of an accelerator; neighbours share one where a host has fewer cards.
  public func nic(ofGPU gpu: Int) -> Int {
    let place = gpu % design.gpusPerHost
    return host(ofGPU: gpu) * design.nicsPerHost
      + place * design.nicsPerHost / design.gpusPerHost
  }

  public func leaf(ofNIC nic: Int) -> Int {
    guard design.isRailOptimised else { return nic / design.nicsPerLeaf }
    let (host, rail) = nic.quotientAndRemainder(dividingBy: design.nicsPerHost)
    return host / design.nicsPerLeaf * design.nicsPerHost + rail
  }

  public func pod(ofLeaf leaf: Int) -> Int { design.pods.map { leaf / $0.leaves } ?? 0 }

  /// A card as results name it, such as `h3n2`.
  public func name(ofNIC nic: Int) -> String {
    "h\(nic / design.nicsPerHost)n\(nic % design.nicsPerHost)"
  }

  /// The link from a card to its leaf; the way back is the one behind it.
  public func nicLink(_ nic: Int) -> Int { firstLink + 2 * nic }

  /// The link from a leaf to a spine; the way down is the one behind it.
  public func leafLink(_ leaf: Int, spine: Int) -> Int {
    firstLink + 2 * (nicCount + leaf * design.uplinksPerLeaf + spine)
  }

  /// The link from a spine of a pod to a core of its own; the way down is the one behind it.
  public func spineLink(pod: Int, spine: Int, core: Int) -> Int {
    let spines = nicCount + leafCount * design.uplinksPerLeaf
    return firstLink + 2 * (spines + (pod * spinesPerPod + spine) * uplinksPerSpine + core)
  }
}
