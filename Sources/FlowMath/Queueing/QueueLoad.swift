// SPDX-License-Identifier: GPL-3.0-or-later

/// What comes to a queue of finite room with one server, and what serves it.
public struct QueueLoad: Equatable, Sendable {
  /// The rate at which bits come, whether or not they find room, in bit/s.
  public var offered_bit_s: Double
  /// The rate at which bits are served, in bit/s.
  public var capacity_bit_s: Double
  /// The mean size of a packet, in bits.
  public var packet_bits: Double
  /// The packets that find room, the one in service among them; at least one.
  public var places: Double
  /// The squared coefficient of variation of the gaps between packets: 1 for Poisson arrivals.
  public var arrivalVariability: Double
  /// That of the sizes of packets: 0 where all are equal, 1 where they are exponential.
  public var serviceVariability: Double

  public init(
    offered_bit_s: Double, capacity_bit_s: Double, packet_bits: Double, places: Double,
    arrivalVariability: Double = 1, serviceVariability: Double = 1
  ) {
    self.offered_bit_s = offered_bit_s
    self.capacity_bit_s = capacity_bit_s
    self.packet_bits = packet_bits
    self.places = places
    self.arrivalVariability = arrivalVariability
    self.serviceVariability = serviceVariability
  }
}

/// What becomes of the packets that come to a queue.
public struct QueueAnswer: Equatable, Sendable {
  /// The part of the packets that finds no room.
  public var loss: Double
  /// The mean time from arrival to the last bit of those that find room; infinite where nothing
  /// is served.
  public var delay_s: Double
  /// The part of it before service begins.
  public var wait_s: Double

  public init(loss: Double, delay_s: Double, wait_s: Double) {
    self.loss = loss
    self.delay_s = delay_s
    self.wait_s = wait_s
  }
}

/// The models of a queue with one server.
public enum QueueLaw: CaseIterable, Sendable {
  /// Poisson arrivals and exponential sizes; variabilities are not looked at.
  case mm1k
  /// Poisson arrivals and equal sizes; variabilities are not looked at.
  case md1k
  /// An approximation by the variabilities of gaps and sizes.
  case twoMoments
}
