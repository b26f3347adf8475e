// SPDX-License-Identifier: GPL-3.0-or-later

/// What comes to a place of an open load, and what becomes of it.
///
/// Rates are in bit/s.
struct OpenLinkLoad {
  /// What serves it, of which higher ranks may take a part, and what these leave.
  var capacity = 0.0
  var room = 0.0
  /// What comes at random beside the streams.
  var flows = 0.0
  var otherLoss = 0.0

  /// What arrives: of streams ahead of flows, of those beside them that are held to a share here, and
  /// of the others.
  var ahead = 0.0
  var held = 0.0
  var free = 0.0
  /// The variability of gaps, summed over what arrives.
  var bursts = 0.0

  /// What streams ahead of flows lose, and what of them is carried.
  var loss = 0.0
  /// What the law loses beyond what does not fit.
  var excess = 0.0
  /// What passes of streams that are held to a share here, and of others beside flows.
  var heldPass = 1.0
  var freePass = 1.0
  /// The part of the others that would fit of a fluid.
  var freeFits = 1.0
  /// The part of streams ahead of flows that goes on, by the steps taken so far, and its last move.
  var pass = 1.0
  var move = 0.0
  /// The greatest move of the passes of streams beside flows.
  var besideMove = 0.0
  /// The part of all that is carried which goes on.
  var onward: Double { 1 - otherLoss }
  /// Of streams beside flows: what fits of a fluid, and what is carried.
  var fitted = 0.0
  var passed = 0.0

  var carried: Double { min(room, ahead * (1 - loss)) }
  /// What comes of streams over what serves it; 0 where nothing does.
  var loadRatio: Double { capacity > 0 ? (ahead + held + free) / capacity : 0 }
  /// All that comes at random.
  var offered: Double { ahead + held + free + flows }

  mutating func removeArrivals() {
    ahead = 0
    held = 0
    free = 0
    bursts = 0
    fitted = 0
    passed = 0
  }

  /// Whether nothing comes, and the last round has moved nothing.
  var isAtRest: Bool {
    offered == 0 && loss == 0 && heldPass == 1 && freePass == 1 && move == 0 && besideMove == 0
  }

  /// The variability of the gaps of all that comes; flows come as a Poisson process.
  var variability: Double {
    let offered = offered
    return offered > 0 ? (bursts + flows) / offered : 1
  }

  /// Takes down what a law says of all that comes, and of streams ahead of flows alone.
  mutating func take(_ loss: Double, ofAhead lossAhead: Double, by step: Double) {
    let (heldBefore, freeBefore) = (heldPass, freePass)
    take(loss, ofAhead: lossAhead)
    besideMove = max(abs(heldPass - heldBefore), abs(freePass - freeBefore))
    guard step < 1 else { return }
    heldPass = heldBefore + step * (heldPass - heldBefore)
    freePass = freeBefore + step * (freePass - freeBefore)
  }

  private mutating func take(_ loss: Double, ofAhead lossAhead: Double) {
    let offered = offered
    self.loss = lossAhead
    excess = offered > room && room > 0 ? max(0, 1 - (1 - loss) * (offered / room)) : loss
    heldPass = 1 - loss
    freePass = 1 - loss
    freeFits = 1
    guard offered >= room, held + free > 0 else { return }
    // What is left of all that the law says is carried, for those that do not fit.
    var left = room * (1 - excess) - carried - flows
    if held > 0 {
      freePass = 1 - lossAhead
      left -= free * freePass
      heldPass = part(left, of: held, atMost: freePass)
    } else {
      freePass = part(left, of: free, atMost: 1 - lossAhead)
      freeFits = part(room - min(room, ahead) - flows, of: free, atMost: 1)
      heldPass = freePass
    }
  }

  private func part(_ left: Double, of all: Double, atMost most: Double) -> Double {
    max(0, min(most, left / all))
  }

  /// What is lost of a stream beside flows of which `bit_s` arrives, with the share it is held to.
  func besideLoss(of bit_s: Double, share: Double?) -> PortLoss {
    guard let share, bit_s > 0 else { return PortLoss(1 - freePass, fluid: 1 - freeFits) }
    let fits = min(1, share / bit_s)
    return PortLoss(1 - min(heldPass, fits * (1 - excess)), fluid: 1 - fits)
  }
}
