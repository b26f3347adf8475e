// SPDX-License-Identifier: GPL-3.0-or-later

// Terms of classes that change while flows run: what a transport makes of loss and of delay.

extension FluidSystem {
  /// Gives the flows of a class another weight and ceiling from an instant on, and another yield.
  ///
  /// The yield is the part of what they send that is of use; the rest are bits sent again. A flow
  /// is done when its bits have come through, and links carry all that is sent.
  ///
  /// - Precondition: The class has had a ceiling from the start, and the yield is above 0.
  public mutating func setTerms(
    ofClass flowClass: Int, weight: Double, ceiling: Double, yield: Double,
    at nanoseconds: Int64
  ) {
    precondition(yield > 0 && yield <= 1, "a yield is a part of what is sent")
    let index = Int32(flowClass)
    moveOriginIfFar(from: nanoseconds)
    changedAt = max(changedAt, instant(nanoseconds))
    if progress[index].flows > 0 {
      advance(index, to: changedAt)
      book(index)
    }
    progress[index].yield = yield
    sharing.setTerms(of: index, weight: weight, ceiling: ceiling)
  }

  /// What the flows of a class have sent in all, in bits, and how much of it was sent again.
  ///
  /// The class must have been booked up to the present.
  public func sentBits(ofClass index: Int) -> (all: Double, again: Double) {
    (progress[index].sent, progress[index].sentAgain)
  }
}

extension Sharing {
  /// Gives a class another weight and another ceiling; its floor stays as it is.
  mutating func setTerms(of index: Int32, weight: Double, ceiling: Double) {
    let old = terms[index]
    precondition(
      old.ceiling < .infinity && ceiling < .infinity, "a ceiling that changes is always there")
    let new = FlowTerms(weight: weight, floor: old.floor, ceiling: ceiling, layer: old.layer)
    let flows = classes[index].flows
    // Out with all flows and in with them again, which puts in line whatever they disturb.
    if flows > 0 { changeFlows(of: index, by: -flows) }
    terms[index] = new
    classes[index].limit = new.levelLimit
    classes[index].limitGroup = dense.limitGroup(of: new.levelLimit)
    if flows > 0 {
      changeFlows(of: index, by: flows)
    } else {
      classes[index].level = new.levelLimit
      classes[index].heldAt = classes[index].pathStart + classes[index].hops
    }
    touch(index)
  }
}
