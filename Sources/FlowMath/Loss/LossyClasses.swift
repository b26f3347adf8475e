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
  /// What a flow sends whatever is lost, at most its ceiling.
  public var floor: Double
  public var law: LossLaw
  /// The least time until a segment that nobody acknowledges is sent again.
  public var leastTimeout_s: Double
  /// Whether its receiver tells of what has come behind a hole.
  public var sack: Bool

  public init(
    flows: Double, otherLoss: Double, roundTrip_s: Double, segment_bits: Double, ceiling: Double,
    floor: Double = 0, law: LossLaw, leastTimeout_s: Double = 0.2, sack: Bool = true
  ) {
    self.flows = flows
    self.otherLoss = otherLoss
    self.roundTrip_s = roundTrip_s
    self.segment_bits = segment_bits
    self.ceiling = ceiling
    self.floor = min(floor, ceiling)
    self.law = law
    self.leastTimeout_s = leastTimeout_s
    self.sack = sack
  }
}

/// How a rate follows from loss and round trip.
public enum LossLaw: CaseIterable, Sendable {
  case reno
  case cubic
}

/// The classes of a problem, as columns; all are padded to whole octets.
struct LossyClasses: ~Copyable {
  private(set) var count = 0
  var flows = AlignedColumn<Double>()
  var otherLoss = AlignedColumn<Double>()
  var ceiling = AlignedColumn<Double>()
  var floor = AlignedColumn<Double>()
  var loss = AlignedColumn<Double>()
  var rate = AlignedColumn<Double>()
  private var roundTrip = AlignedColumn<Double>()
  private var segment = AlignedColumn<Double>()
  private var timeout = AlignedColumn<Double>()
  private var sack = AlignedColumn<Double>()
  /// 1 where the law is that of CUBIC, 0 where it is Reno's.
  private var isCubic = AlignedColumn<Double>()
  private(set) var hasCubic = false

  /// Segments acknowledged at once: delayed acknowledgements, RFC 1122 4.2.3.2.
  static let segmentsPerAck = 2.0

  mutating func append(_ terms: LossyTerms) {
    if count % 8 == 0 { makeRoomForEight() }
    let path = terms.path
    flows[count] = terms.flows
    otherLoss[count] = terms.otherLoss
    ceiling[count] = terms.ceiling
    floor[count] = terms.floor
    roundTrip[count] = path.roundTrip_s
    segment[count] = path.segment_bits
    timeout[count] = path.timeout_s
    sack[count] = path.sack ? 1 : 0
    isCubic[count] = terms.law == .cubic ? 1 : 0
    hasCubic = hasCubic || terms.law == .cubic
    count += 1
  }

  private mutating func makeRoomForEight() {
    let room = count + 8
    flows.resize(to: room, filling: 0)
    otherLoss.resize(to: room, filling: 1)
    ceiling.resize(to: room, filling: 1)
    floor.resize(to: room, filling: 0)
    loss.resize(to: room, filling: 1)
    rate.resize(to: room, filling: 0)
    roundTrip.resize(to: room, filling: 1)
    segment.resize(to: room, filling: 1)
    timeout.resize(to: room, filling: 1)
    sack.resize(to: room, filling: 1)
    isCubic.resize(to: room, filling: 0)
  }

  mutating func removeAll() {
    count = 0
    hasCubic = false
    flows.removeAll()
    otherLoss.removeAll()
    ceiling.removeAll()
    floor.removeAll()
    loss.removeAll()
    rate.removeAll()
    roundTrip.removeAll()
    segment.removeAll()
    timeout.removeAll()
    sack.removeAll()
    isCubic.removeAll()
  }

  /// The rate of every class at its loss, with what is lost of it.
  mutating func setRates() {
    for start in stride(from: 0, to: count, by: 8) {
      let loss = octet(self.loss, start)
      let path = RenoPathOctet(
        roundTrip: octet(roundTrip, start), segment: octet(segment, start),
        timeout: octet(timeout, start), segmentsPerAck: Octet(Self.segmentsPerAck),
        maxWindow: Octet(.infinity), sack: octet(sack, start))
      var goodput = path.pftkGoodput(loss: loss)
      if hasCubic {
        let cubic = path.cubicGoodput(loss: loss, reno: goodput)
        goodput = choose(octet(isCubic, start) .> 0, cubic, goodput)
      }
      let sent = goodput / (1 - loss).greatest(Octet(0x1p-53))
      set(sent.greatest(octet(floor, start)).least(octet(ceiling, start)), start)
    }
  }

  @inline(__always)
  private func octet(_ column: borrowing AlignedColumn<Double>, _ start: Int) -> Octet {
    UnsafeRawPointer(column.base + start).loadUnaligned(as: Octet.self)
  }

  @inline(__always)
  private func set(_ rates: Octet, _ start: Int) {
    UnsafeMutableRawPointer(rate.base + start).storeBytes(of: rates, as: Octet.self)
  }
}

extension LossyTerms {
  var path: RenoPath {
    RenoPath(
      roundTrip_s: roundTrip_s, segment_bits: segment_bits, leastTimeout_s: leastTimeout_s,
      segmentsPerAck: LossyClasses.segmentsPerAck, sack: sack)
  }

  /// What one flow sends at a loss, in bit/s, if nothing else holds it.
  public func rate(at loss: Double) -> Double {
    let goodput =
      switch law {
      case .reno: pftkGoodput(loss: loss, over: path)
      case .cubic: cubicGoodput(loss: loss, over: path)
      }
    return loss < 1 ? goodput / (1 - loss) : 0
  }
}
