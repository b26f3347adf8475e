// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling

/// Data of a job that are to move in a window, by a deadline.
struct JobMove {
  var name: String
  var job: JobID
  var isOutput: Bool
  var trafficClass: Int
  /// Of least delay; others are tried as well.
  var route: Route
  var bytes: Double
  /// From when on they may leave.
  var start: SimTime
  var deadline: SimTime
  /// The most that their ends send and take.
  var mostRate: BitsPerSecond
}
