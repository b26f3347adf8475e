// SPDX-License-Identifier: GPL-3.0-or-later

/// The terms of a class of flows that slow down for losses.
public struct LossyTerms: Sendable {
  public var flows: Double
  /// The losses that have nothing to do with congestion, added up over the path.
  public var otherLoss: Double
  public var roundTrip_s: Double
  /// What a packet carries, in bits.
  public var segment_bits: Double
  /// What a flow never exceeds, in bit/s.
  public var ceiling: Double
  public var law: LossLaw

  public init(
    flows: Double, otherLoss: Double, roundTrip_s: Double, segment_bits: Double, ceiling: Double,
    law: LossLaw
  ) {
    self.flows = flows
    self.otherLoss = otherLoss
    self.roundTrip_s = roundTrip_s
    self.segment_bits = segment_bits
    self.ceiling = ceiling
    self.law = law
  }
}

/// How a rate follows from loss and round trip.
public enum LossLaw: CaseIterable, Sendable {
  case reno
  case cubic
}

/// The classes of a problem, as columns; all are padded to whole octets when rates are set.
struct LossyClasses: ~Copyable {
  private(set) var count = 0
  var flows = AlignedColumn<Double>()
  var otherLoss = AlignedColumn<Double>()
  var ceiling = AlignedColumn<Double>()
  var loss = AlignedColumn<Double>()
  var rate = AlignedColumn<Double>()
  private var segment_bits = AlignedColumn<Double>()
  /// R sqrt(2 b / 3), the time between two segments at a loss of 1 by the square root law.
  private var rootTime_s = AlignedColumn<Double>()
  /// The same by the law of CUBIC, which takes loss to the power of 3/4.
  private var cubicTime_s = AlignedColumn<Double>()
  private var timeout_s = AlignedColumn<Double>()

  /// Segments acknowledged at once: delayed acknowledgements, RFC 1122 4.2.3.2.
  static let acknowledgedAtOnce = 2.0
  /// What a sender waits beyond a round trip before it takes a packet for lost; Linux's least.
  static let patience_s = 0.2
  /// (C (3 + b) / (4 (1 - b)))^(1/4) with C = 0.4 and b = 0.7: RFC 9438, 5.1.
  private static let cubicFactor = 1.0538
  /// Longer than any time that counts.
  private static let never_s = 1e200

  mutating func append(_ terms: LossyTerms) {
    if count % 8 == 0 { makeRoomForEight() }
    let roundTrip = max(terms.roundTrip_s, 1e-9)
    flows[count] = terms.flows
    otherLoss[count] = terms.otherLoss
    ceiling[count] = terms.ceiling
    segment_bits[count] = terms.segment_bits
    rootTime_s[count] = roundTrip * (2 * LossyClasses.acknowledgedAtOnce / 3).squareRoot()
    timeout_s[count] = roundTrip + LossyClasses.patience_s
    cubicTime_s[count] =
      terms.law == .cubic
      ? roundTrip.squareRoot().squareRoot() / LossyClasses.cubicFactor : LossyClasses.never_s
    count += 1
  }

  private mutating func makeRoomForEight() {
    let room = count + 8
    flows.resize(to: room, filling: 0)
    otherLoss.resize(to: room, filling: 1)
    ceiling.resize(to: room, filling: 1)
    loss.resize(to: room, filling: 1)
    rate.resize(to: room, filling: 0)
    segment_bits.resize(to: room, filling: 1)
    rootTime_s.resize(to: room, filling: 1)
    cubicTime_s.resize(to: room, filling: 1)
    timeout_s.resize(to: room, filling: 1)
  }

  mutating func removeAll() {
    count = 0
    flows.removeAll()
    otherLoss.removeAll()
    ceiling.removeAll()
    loss.removeAll()
    rate.removeAll()
    segment_bits.removeAll()
    rootTime_s.removeAll()
    cubicTime_s.removeAll()
    timeout_s.removeAll()
  }

  /// The rate of every class at its loss.
  ///
  ///     1/x = min(R sqrt(2 b q/3), R^(1/4) q^(3/4) / 1.054) + T min(1, 3 sqrt(3 b q/8)) q (1 + 32 q^2)
  ///
  /// in segments a second: equation 30 of J. Padhye et al., IEEE/ACM Trans. Networking 8(2), 2000,
  /// with the time of CUBIC (RFC 9438, 5.1) in place of its first term where that is shorter.
  mutating func setRates() {
    let patience = (27 * LossyClasses.acknowledgedAtOnce / 8).squareRoot()
    for start in stride(from: 0, to: count, by: 8) {
      let loss = octet(self.loss, start)
      let root = loss.squareRoot()
      let byRoot = octet(rootTime_s, start) * root
      let byCubic = octet(cubicTime_s, start) * (root * root.squareRoot())
      let window = byCubic.replacing(with: byRoot, where: byRoot .< byCubic)
      let often = patience * root
      let seldom = often.replacing(with: 1, where: often .> 1)
      let waiting = octet(timeout_s, start) * seldom * loss * (1 + 32 * loss * loss)
      let rate = octet(segment_bits, start) / (window + waiting)
      let ceiling = octet(ceiling, start)
      set(rate.replacing(with: ceiling, where: .!(rate .< ceiling)), start)
    }
  }

  @inline(__always)
  private func octet(_ column: borrowing AlignedColumn<Double>, _ start: Int) -> SIMD8<Double> {
    UnsafeRawPointer(column.base + start).loadUnaligned(as: SIMD8<Double>.self)
  }

  @inline(__always)
  private func set(_ rates: SIMD8<Double>, _ start: Int) {
    UnsafeMutableRawPointer(rate.base + start).storeBytes(of: rates, as: SIMD8<Double>.self)
  }
}

/// The rate of one flow at a loss, in bit/s, as `LossEquilibrium` has it.
public func lossRate(
  _ law: LossLaw, loss: Double, roundTrip_s: Double, segment_bits: Double
) -> Double {
  var one = LossyClasses()
  one.append(
    LossyTerms(
      flows: 1, otherLoss: loss, roundTrip_s: roundTrip_s, segment_bits: segment_bits,
      ceiling: .infinity, law: law))
  one.loss[0] = loss
  one.setRates()
  return one.rate[0]
}
