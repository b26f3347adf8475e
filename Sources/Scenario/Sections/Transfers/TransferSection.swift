// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// A move of data that is listed in place.
struct TransferSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var from: Written<Name>?
  var to: Written<Name>?
  var path: Written<[Written<String>]>?
  var size = Positive(Bytes(0))
  var asked: Written<SimDuration>?
  var start = SimDuration.zero
  var deadline: Written<SimDuration>?
  var reserves = false
  var rate: Written<Positive<BitsPerSecond>>?
  var window: Written<WindowChoice>?
  var ifRefused: Written<RefusalResponse>?
  var trafficClass: Written<Name>?

  static let shape = Shape<TransferSection>(
    "A move of data that may have a deadline, and bandwidth booked in advance.",
    fields: [
      .required("name", \.name, "The name of the transfer, different from all others."),
      .optional("from", \.from, "The node it leaves from; may be left out where path is given."),
      .optional("to", \.to, "The node it goes to; may be left out where path is given."),
      .optional(
        "path", \.path,
        "The names of the links it takes, in order; where it is given, no other is booked."),
      .required("size", \.size, "How much it moves."),
      .optional(
        "asked", \.asked,
        "The time at which it is known and asks for its window; 0 s where it is not given."),
      .defaulted("start", \.start, "The earliest time at which it may start."),
      .optional("deadline", \.deadline, "The time by which its last byte is to be there."),
      .defaulted("reserve", \.reserves, "Whether it books a window of a constant rate in advance."),
      .optional("rate", \.rate, "The most that its ends send and take."),
      .optional(
        "window", \.window,
        """
        Which window is booked: that of least rate (the default with a deadline), the earliest \
        (without), or the first one at full rate.
        """),
      .optional(
        "if_refused", \.ifRefused,
        "What it does without a window: send as any flow of its class (the default), or drop."),
      .optional("class", \.trafficClass, "Its class, where it is not that of the entry."),
    ],
    rules: [.needs("window", "reserve"), .needs("if_refused", "reserve")])
}

/// What makes the flows of a generator transfers.
struct TransferTermsSection: Section {
  var origin = Origin.none
  var ahead = SimDuration.zero
  var reserves = false
  var rate: Written<Positive<BitsPerSecond>>?
  var window: Written<WindowChoice>?
  var ifRefused: Written<RefusalResponse>?

  static let shape = Shape<TransferTermsSection>(
    "The terms of the transfers that a generator draws; each asks at its arrival.",
    fields: [
      .defaulted("ahead", \.ahead, "The time from its arrival to the earliest start."),
      .defaulted("reserve", \.reserves, "Whether each books a window of a constant rate."),
      .optional("rate", \.rate, "The most that its ends send and take."),
      .optional("window", \.window, "Which window is booked, as with a transfer in place."),
      .optional("if_refused", \.ifRefused, "What it does without a window: send or drop."),
    ],
    rules: [.needs("window", "reserve"), .needs("if_refused", "reserve")])
}

extension WindowChoice: Choice {}
extension RefusalResponse: Choice {}

/// How bandwidth is booked in advance.
struct ReservationsSection: Section {
  var origin = Origin.none
  var share = Positive(Percentage(100))
  var paths = Positive(3)

  static let shape = Shape<ReservationsSection>(
    "How bandwidth is booked in advance.",
    fields: [
      .defaulted("share", \.share, "The part of each link that may be booked at once."),
      .defaulted("paths", \.paths, "The routes that are tried, from least delay on."),
    ])
}
