// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Simulator

/// How jobs book machines together with windows for their data.
struct JobBookingSection: Section {
  var origin = Origin.none
  var rate: Written<Positive<BitsPerSecond>>?
  var ifRefused = BookingTerms.Response.refuse

  static let shape = Shape<JobBookingSection>(
    "How jobs book machines together with windows for their data, on pools whose queue is "
      + "conservative.",
    fields: [
      .optional("rate", \.rate, "The most that the ends of its data send and take."),
      .defaulted(
        "if_refused", \.ifRefused,
        "What a job does for which not all is to be had in time: refuse, or queue as any other."),
    ])
}

extension BookingTerms.Response: Choice {}
