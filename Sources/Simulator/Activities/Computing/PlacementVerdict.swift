// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling

/// What a policy has said of a job, whichever policy it was.
enum PlacementVerdict {
  /// It goes to a candidate, by its position among those of the question.
  case place(Int)
  /// It asks again then; nil where it waits for a change.
  case wait(until: SimTime?)
  case refuse(String)

  init(_ answer: PlacementAnswer) {
    switch answer {
    case .place(let place): self = .place(place)
    case .wait(let time): self = .wait(until: time)
    }
  }

  /// As it is told, with the position of the candidate that was taken.
  func answer(
    _ question: PlacementQuestion, _ pools: [PoolDesign]
  ) -> (PlacementDecision.Answer, place: Int?) {
    switch self {
    case .place(let place):
      (.placed(pool: pools[Int(question.candidates[place].pool)].name), place)
    case .wait(let time): (.waits(until: time), nil)
    case .refuse(let reason): (.refused(reason), nil)
    }
  }
}
