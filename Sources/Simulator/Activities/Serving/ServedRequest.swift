// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

/// A request from when it comes until its last token is there.
struct ServedRequest {
  let request: OfferedRequest
  let service: Int32
  /// Its replica, among all of all services.
  var replica: Int32
  /// When it reaches its replica.
  var reached: SimTime
  var way: ServiceWay
  /// What is to be taken in of its prompt.
  var promptTokens: Double
}

typealias RequestID = Position<ServedRequest>

enum ServingEvent: RunEvent {
  /// The next request of a service comes.
  case requestComes(service: Int32)
  /// A request has crossed the network to its replica.
  case requestIsThere(RequestID)
  /// Something of a replica's work comes to an end.
  case replicaSteps(Int32)
  /// A replica that has been begun takes requests from now on.
  case replicaIsReady(Int32)
  /// It is looked at how many replicas a service is to have.
  case isReviewed(service: Int32)

  var mark: EventMark? {
    switch self {
    case .requestComes(let service): EventMark(90, service)
    case .requestIsThere(let request): EventMark(91, request)
    case .replicaSteps(let replica): EventMark(92, replica)
    case .replicaIsReady(let replica): EventMark(93, replica)
    case .isReviewed(let service): EventMark(94, service)
    }
  }
}
