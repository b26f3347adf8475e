// SPDX-License-Identifier: GPL-3.0-or-later

/// The transports that answer loss with a rate.
public enum RateLaw: CaseIterable, Sendable {
  case pftk
  case cubic
}

/// Many flows as columns of numbers: rates of losses, and losses of rates, eight at a time.
///
///     var flows = TransportColumns(count: 1)
///     flows[0] = RenoPath(roundTrip_s: 0.01, segment_bits: 11_584)
///     flows.setLoss(1e-4, at: 0)
///     flows.evaluateRates(.pftk)
///     let rate = flows.rate(of: 0)
///
/// Nothing is allocated after the initialiser.
public struct TransportColumns: ~Copyable {
  public let count: Int
  private let roundTrip: AlignedColumn<Double>
  private let segment: AlignedColumn<Double>
  private let timeout: AlignedColumn<Double>
  private let segmentsPerAck: AlignedColumn<Double>
  private let maxWindow: AlignedColumn<Double>
  private let sack: AlignedColumn<Double>
  private let loss: AlignedColumn<Double>
  private let rate: AlignedColumn<Double>

  public init(count: Int) {
    let padded = (count + 7) & ~7
    self.count = count
    roundTrip = AlignedColumn(repeating: 1, count: padded)
    segment = AlignedColumn(repeating: 1, count: padded)
    timeout = AlignedColumn(repeating: 1, count: padded)
    segmentsPerAck = AlignedColumn(repeating: 2, count: padded)
    maxWindow = AlignedColumn(repeating: .infinity, count: padded)
    sack = AlignedColumn(repeating: 0, count: padded)
    loss = AlignedColumn(repeating: 0.5, count: padded)
    rate = AlignedColumn(repeating: 1, count: padded)
  }

  public subscript(index: Int) -> RenoPath {
    get {
      RenoPath(
        roundTrip_s: roundTrip[index], segment_bits: segment[index], timeout_s: timeout[index],
        segmentsPerAck: segmentsPerAck[index], maxWindow: maxWindow[index],
        sack: sack[index] > 0)
    }
    nonmutating set {
      roundTrip[index] = newValue.roundTrip_s
      segment[index] = newValue.segment_bits
      timeout[index] = newValue.timeout_s
      segmentsPerAck[index] = newValue.segmentsPerAck
      maxWindow[index] = newValue.maxWindow
      sack[index] = newValue.sack ? 1 : 0
    }
  }

  public func setLoss(_ value: Double, at index: Int) { loss[index] = value }
  public func setRate(_ rate_bit_s: Double, at index: Int) { rate[index] = rate_bit_s }
  public func loss(of index: Int) -> Double { loss[index] }
  /// In bit/s.
  public func rate(of index: Int) -> Double { rate[index] }

  /// Finds the goodput of each flow at its loss.
  public mutating func evaluateRates(_ law: RateLaw) {
    for index in 0..<(loss.count / 8) {
      octets(rate)[index] = goodput(law, path(at: index), loss: octets(loss)[index])
    }
  }

  /// Finds the loss of each flow at its goodput: 0 where no loss holds it so low.
  public mutating func evaluateLosses(_ law: RateLaw) {
    for index in 0..<(loss.count / 8) {
      let path = path(at: index)
      let target = octets(rate)[index]
      octets(loss)[index] = lossAtRate(target, near: path.guessedLoss(rate: target)) {
        goodput(law, path, loss: $0)
      }
    }
  }

  @inline(__always)
  private func path(at index: Int) -> RenoPathOctet {
    RenoPathOctet(
      roundTrip: octets(roundTrip)[index], segment: octets(segment)[index],
      timeout: octets(timeout)[index], segmentsPerAck: octets(segmentsPerAck)[index],
      maxWindow: octets(maxWindow)[index], sack: octets(sack)[index])
  }
}

@inline(__always)
private func goodput(_ law: RateLaw, _ path: RenoPathOctet, loss: Octet) -> Octet {
  switch law {
  case .pftk: path.pftkGoodput(loss: loss)
  case .cubic: path.cubicGoodput(loss: loss)
  }
}
