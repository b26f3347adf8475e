// SPDX-License-Identifier: GPL-3.0-or-later

/// The links that a look at loss goes through.
///
/// A network with fabrics has thousands of ports with nothing on them for most of the day. A link to
/// which nothing comes, now or at the last look, and which has not changed since, is left out: it is
/// as that look left it.
struct LinksAtLook {
  /// In order.
  private(set) var links: [Int]
  private var isBusy: [Bool]
  private var wasBusy: [Bool]
  private let takesAll: Bool

  /// With `takesAll` none is ever left out, as where windows change what links have room for.
  init(links count: Int, takesAll: Bool) {
    links = Array(0..<count)
    isBusy = Array(repeating: true, count: count)
    wasBusy = isBusy
    self.takesAll = takesAll
  }

  /// Forgets which links flows are on; those that had some are gone through once more.
  mutating func begin() {
    swap(&isBusy, &wasBusy)
    for link in isBusy.indices { isBusy[link] = false }
  }

  /// Notes that flows are on a link, or that it has changed.
  @inline(__always)
  mutating func note(_ link: Int) { isBusy[link] = true }

  /// Lists the links, with those of which something else is known that can change.
  mutating func gather(_ canChange: (Int) -> Bool) {
    links.removeAll(keepingCapacity: true)
    for link in isBusy.indices where takesAll || isBusy[link] || wasBusy[link] || canChange(link) {
      links.append(link)
    }
  }
}
