// SPDX-License-Identifier: GPL-3.0-or-later

/// What can happen in a run, apart from the end of flows, which the fluid system tells itself.
enum Happening: BitwiseCopyable {
  /// The next flow of a source arrives.
  case flowArrives(source: Int32)
  /// The first byte of a flow has crossed its path; from now on it shares bandwidth.
  case flowStarts(waiting: Int32)
  case linkChanges(change: Int32)
  case linksAreSampled
  /// From now on statistics count.
  case warmUpEnds
  /// A link has been down for as long as some class is patient.
  case patienceEnds(link: Int32)
  /// The next request of a source for a lightpath is made.
  case requestArrives(source: Int32)
  case clientLeaves(client: Int32)
  /// What was planned for a circuit is to be done, if it still is.
  case circuitIsDue(circuit: Int32)
  /// A fault or a repair that the scenario gives a time.
  case faultHappens(fault: Int32)
  case fibreFails(fibre: Int32, kind: RandomFaults.Kind)
  case fibreIsRepaired(fibre: Int32, kind: RandomFaults.Kind)
  case transponderFails(circuit: Int32)
  case transponderIsRepaired(circuit: Int32)
  /// A link with automatic capacity looks at its use.
  case linkIsReviewed(link: Int32)
  /// A demand starts, ends, or sends more or less.
  case demandChanges(demand: Int32)
  /// The loss of all links is looked at because it is time.
  case lossIsLookedAt
  /// A request for tokens is simulated by itself.
  case requestIsSampled(traffic: Int32)
  /// A step of the day is over for a token traffic, and what became of its tokens is booked.
  case tokenStepEnds(traffic: Int32)
  /// A request or a job has been served: what comes back sets out.
  case roundTripTurns(roundTrip: Int32)
  /// What was lost of the end of a flow has been sent again and is in.
  case flowIsWhole(ending: Int32)
  /// Something of a transfer.
  case transfer(TransferEvent)
  /// Something of a training job.
  case training(TrainingEvent)
  /// Something of an elastic flow.
  case elastic(ElasticEvent)

  /// The number that stands for the case in the digest.
  var kind: UInt8 {
    switch self {
    case .flowArrives: 1
    case .flowStarts: 2
    case .linkChanges: 3
    case .linksAreSampled: 4
    // A look, as a sample is; neither is ever in the digest.
    case .warmUpEnds: 4
    case .patienceEnds: 6
    case .requestArrives: 7
    case .clientLeaves: 8
    case .circuitIsDue: 9
    case .faultHappens: 10
    case .fibreFails: 11
    case .fibreIsRepaired: 12
    case .transponderFails: 13
    case .transponderIsRepaired: 14
    case .linkIsReviewed: 15
    case .demandChanges: 16
    case .lossIsLookedAt: 17
    case .flowIsWhole: 18
    case .requestIsSampled: 50
    case .tokenStepEnds: 51
    case .roundTripTurns: 40
    case .training(let event): event.kind
    case .elastic(let event): event.kind
    case .transfer(let event): event.kind
    }
  }

  /// Whether it only looks at the run and changes nothing in it.
  var isLook: Bool {
    switch self {
    case .linksAreSampled, .warmUpEnds, .tokenStepEnds: true
    default: false
    }
  }

  /// Kind 5 is the end of a flow.
  static let flowFinishes: UInt8 = 5

  var subject: Int {
    switch self {
    case .linksAreSampled, .warmUpEnds, .lossIsLookedAt: 0
    case .training(let event): event.subject
    case .elastic(let event): event.subject
    case .transfer(let event): event.subject
    case .flowArrives(let index), .flowStarts(let index), .linkChanges(let index),
      .patienceEnds(let index), .requestArrives(let index), .clientLeaves(let index),
      .circuitIsDue(let index), .faultHappens(let index), .transponderFails(let index),
      .transponderIsRepaired(let index), .linkIsReviewed(let index), .fibreFails(let index, _),
      .fibreIsRepaired(let index, _), .demandChanges(let index), .requestIsSampled(let index),
      .roundTripTurns(let index), .flowIsWhole(let index), .tokenStepEnds(let index):
      Int(index)
    }
  }
}
