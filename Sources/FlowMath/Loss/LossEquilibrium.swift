// SPDX-License-Identifier: GPL-3.0-or-later

// Rates and losses of flows that slow down for what is lost on their way.
//
//   given       links l with room C_l; classes c with n_c flows, a path, a round trip R_c, other
//               losses q0_c, a ceiling, and a law x(q, R) that falls with the loss q
//   find        a price p_l for each link, the part of its packets that is lost or marked
//   such that   x_c = min(ceiling_c, max(floor_c, x(q0_c + sum of p_l on the path, R_c))),
//               sum of n_c x_c over the classes of l is C_l where p_l > 0, and less where p_l = 0
//
// Floors are kept whatever is lost. Where they leave next to nothing of a link, the others are
// given `leastPart` of it on top, so that prices stay finite.
//
// That is the optimum of a concave problem, the sum of utilities whose marginal value of rate is
// the inverse of x, and so exists and is unique in the rates (F. Kelly, A. Maulloo, D. Tan, "Rate
// control for communication networks", J. Oper. Res. Soc. 49, 1998; S. Low, "A duality model of
// TCP and queue management algorithms", IEEE/ACM Trans. Networking 11(4), 2003).
//
// It is found by its prices, all links at once: a link with twice the load that it has room for
// multiplies its price by 2^(3/2), or by 2 where rates fall more steeply. With x as p^(-1/2) or
// p^(-3/4) the error of a link's load in logarithms is then multiplied by 1/4 where all of its
// classes have it as their only full link; where paths cross it shrinks more slowly. Prices
// therefore go on a little the way they went: with momentum (Y. Nesterov, Soviet Math. Dokl. 27,
// 1983), begun anew where the misfit grows (B. O'Donoghue, E. Candes, Found. Comput. Math. 15,
// 2015), such an error falls with the square of the rounds. Prices start from those of the last time.

/// The links and classes of a problem, and its answer.
public struct LossEquilibrium: ~Copyable {
  /// The room of each link for these flows, in bit/s.
  var room = AlignedColumn<Double>()
  var price = AlignedColumn<Double>()
  /// Where the round before moved each price, before its momentum.
  var lastMoved = AlignedColumn<Double>()
  var load = AlignedColumn<Double>()
  /// The load of the round before.
  var lastLoad = AlignedColumn<Double>()
  /// The flows of each link, and the part of its load that would change with its price.
  var flowsOnLink = AlignedColumn<Double>()
  /// The part of the load that is floors.
  var floors = AlignedColumn<Double>()
  var loadThatMoves = AlignedColumn<Double>()
  var classes = LossyClasses()
  /// The links of every path, class after class, and where those of each begin.
  var path = AlignedColumn<Int32>()
  var pathStart = AlignedColumn<Int32>()

  /// Prices below count as none: a flow of one packet a century would not notice.
  static let leastPrice = 1e-10

  /// The part of a link that what is above floors has at least.
  static let leastPart = 1e-3

  public init(links count: Int) {
    for _ in 0..<count {
      room.append(0)
      price.append(LossEquilibrium.leastPrice)
      lastMoved.append(LossEquilibrium.leastPrice)
      load.append(0)
      lastLoad.append(0)
      flowsOnLink.append(0)
      floors.append(0)
      loadThatMoves.append(0)
    }
    pathStart.append(0)
  }

  /// Forgets all classes and keeps the prices.
  public mutating func removeClasses() {
    classes.removeAll()
    path.removeAll()
    pathStart.removeAll()
    pathStart.append(0)
  }

  public mutating func setRoom(of link: Int, to bit_s: Double) {
    room[link] = bit_s
  }

  /// Adds a class of flows; its position is the number of classes before it.
  ///
  /// `position` tells where a link of its path stands.
  public mutating func addClass<Links: Sequence>(
    path links: Links, terms: LossyTerms, at position: (Links.Element) -> Int
  ) {
    classes.append(terms)
    for link in links { path.append(Int32(position(link))) }
    pathStart.append(Int32(path.count))
  }

  /// The rate of each flow of a class in bit/s, lost packets included.
  public func rate(ofClass index: Int) -> Double { classes.rate[index] }

  /// The part of packets that a link loses or marks; 0 where it is not full.
  public func price(ofLink link: Int) -> Double {
    price[link] > LossEquilibrium.leastPrice ? price[link] : 0
  }

  /// The mean rate of the flows of a link above their floors, infinite where it has none.
  public func meanRate(onLink link: Int) -> Double {
    flowsOnLink[link] > 0 ? (load[link] - floors[link]) / flowsOnLink[link] : .infinity
  }
}

// MARK: - Solving

extension LossEquilibrium {
  /// From this tolerance on a link with room to spare counts as settled once its load is.
  static let coarse = 1e-3

  /// The rounds after which what is left is left to the next time.
  public static let mostRounds = 200

  /// Finds prices and rates; every full link is then full to within the tolerance.
  ///
  /// - Returns: the rounds it took.
  /// - Complexity: O(path entries) for each round.
  @discardableResult
  public mutating func solve(
    tolerance: Double = 1e-4, mostRounds: Int = LossEquilibrium.mostRounds
  ) -> Int {
    var steps = 0.0
    var lastMisfit = Double.infinity
    for round in 1...mostRounds {
      collectLosses()
      classes.setRates()
      collectLoads()
      let misfit = movePrices(
        forAll: tolerance < LossEquilibrium.coarse, momentum: max(0, steps - 1) / (steps + 2))
      if misfit < tolerance { return round }
      steps = misfit > lastMisfit ? 0 : steps + 1
      lastMisfit = misfit
    }
    return mostRounds
  }

  private mutating func collectLosses() {
    for index in 0..<classes.count {
      var loss = classes.otherLoss[index]
      for entry in pathStart[index]..<pathStart[index + 1] { loss += price[path[entry]] }
      classes.loss[index] = min(1, loss)
    }
  }

  private mutating func collectLoads() {
    for link in 0..<room.count {
      lastLoad[link] = load[link]
      load[link] = 0
      flowsOnLink[link] = 0
      floors[link] = 0
      loadThatMoves[link] = 0
    }
    for index in 0..<classes.count {
      let flows = classes.flows[index]
      let sent = flows * classes.rate[index]
      let moves = classes.rate[index] < classes.ceiling[index] ? sent : 0
      let floor = flows * classes.floor[index]
      for entry in pathStart[index]..<pathStart[index + 1] {
        let link = path[entry]
        load[link] += sent
        flowsOnLink[link] += flows
        floors[link] += floor
        loadThatMoves[link] += moves
      }
    }
  }

  /// Moves each price towards where its link is just full; gives the greatest misfit of a load.
  ///
  /// The price of a link with room to spare falls for many rounds to none. Where not all has to
  /// be exact, what it still does to loads is all that counts.
  private mutating func movePrices(forAll isExact: Bool, momentum: Double) -> Double {
    var misfit = 0.0
    let isSteep = classes.hasCubic
    for link in 0..<room.count where flowsOnLink[link] > 0 {
      guard room[link] > 0 else {
        price[link] = 1
        continue
      }
      let room = roomWithFloors(of: link)
      let ratio = min(max(load[link] / room, 0.125), 8)
      if ratio < 1, loadThatMoves[link] == 0 {
        price[link] = LossEquilibrium.leastPrice
        continue
      }
      let factor = isSteep ? ratio : ratio * ratio.squareRoot()
      let moved = min(1, max(LossEquilibrium.leastPrice, price[link] * factor))
      let isSlack = ratio < 1 && moved == LossEquilibrium.leastPrice
      let isBeyondAll = ratio > 1 && price[link] == 1
      let left =
        isExact || ratio > 1 ? abs(ratio - 1) : abs(load[link] - lastLoad[link]) / room
      if !isSlack, !isBeyondAll { misfit = max(misfit, left) }
      let ahead = moved + momentum * (moved - lastMoved[link])
      lastMoved[link] = moved
      price[link] = min(1, max(LossEquilibrium.leastPrice, 0.25 * moved, ahead))
    }
    return misfit
  }

  /// What a link is to carry: its room, or a little more than its floors where they take it all.
  @inline(__always)
  private func roomWithFloors(of link: Int) -> Double {
    floors[link] + max(room[link] - floors[link], LossEquilibrium.leastPart * room[link])
  }
}
