// SPDX-License-Identifier: GPL-3.0-or-later

// Classes of packets at one server, in strict order, a packet in service being left to finish.
//
// With r_i the load of class i that finds room and c_k = r_1 + ... + r_k, the mean wait with room
// for all is (A. Cobham, Operations Research 2, 1954; Kleinrock II, 3.6)
//
//   W_k = R / ((1 - c_{k-1}) (1 - c_k)),   R = sum over all classes i of r_i s_i (1 + b_i) / 2
//
// The part of R that class k itself brings is the wait of a queue of its own, served at what the
// higher classes leave, C (1 - c_{k-1}). So that queue, with the room of the class, says what is
// lost of it and how long it waits for its own kind; the others' part of R is added as above,
// and a packet waits at most for a full room of its own and one of another class in service.

/// Queues of several classes at many links as columns, answered eight links at a time.
///
/// Class 0 goes first. The capacity of a link is that of its class 0.
public struct PriorityColumns: ~Copyable {
  public let links: Int
  public let classes: Int
  private let padded: Int
  private var queues: QueueColumns

  public init(links: Int, classes: Int) {
    precondition(classes > 0, "a queue has a class at least")
    self.links = links
    self.classes = classes
    padded = (links + 7) & ~7
    queues = QueueColumns(count: padded * classes)
  }

  /// What comes of one class to one link.
  public subscript(link: Int, flowClass: Int) -> QueueLoad {
    get { queues[flowClass * padded + link] }
    nonmutating set { queues[flowClass * padded + link] = newValue }
  }

  public func answer(to link: Int, _ flowClass: Int) -> QueueAnswer {
    queues.answer(to: flowClass * padded + link)
  }

  /// Answers all classes of all links.
  public mutating func evaluate(_ law: QueueLaw) {
    for index in 0..<(padded / 8) {
      let residual = loseByClass(law, at: index)
      waitByClass(residual, at: index)
    }
  }

  /// Finds what each class loses and how long it waits for itself.
  ///
  /// - Returns: R, in seconds.
  @inline(__always)
  private mutating func loseByClass(_ law: QueueLaw, at index: Int) -> Octet {
    let capacity = queues.capacity(ofOctet: index)
    var taken = Octet(0)
    var residual = Octet(0)
    for flowClass in 0..<classes {
      let place = flowClass * (padded / 8) + index
      let left = capacity * (1 - taken).greatest(Octet(0))
      queues.evaluate(law, ofOctet: place, servedAt: left)
      let load = queues.carried(ofOctet: place, capacity: capacity)
      residual += load * queues.residual(ofOctet: place, capacity: capacity)
      taken = (taken + load).least(Octet(1))
    }
    return residual
  }

  /// Adds to the wait of each class what the other classes in service bring.
  @inline(__always)
  private mutating func waitByClass(_ residual: Octet, at index: Int) {
    let capacity = queues.capacity(ofOctet: index)
    var taken = Octet(0)
    for flowClass in 0..<classes {
      let place = flowClass * (padded / 8) + index
      let load = queues.carried(ofOctet: place, capacity: capacity)
      let own = load * queues.residual(ofOctet: place, capacity: capacity)
      let before = 1 - taken
      taken = (taken + load).least(Octet(1))
      let others = (residual - own).greatest(Octet(0)) / (before * (1 - taken))
      queues.delay(ofOctet: place, by: others, behind: residual, serving: capacity, before: before)
    }
  }
}
