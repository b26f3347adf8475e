// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Scheduling
internal import Traffic

// Windows on channels that are not lit yet.
//
// Where what is lit has no window for a transfer, links with automatic capacity may have one once
// they have more channels: up to the most of their rule, from when they can be set up on. The
// channels are lit as soon as the window is booked, so that nobody takes their place, and they stay
// lit as long as something is booked on them. A channel that is out of order promises nothing, and
// keeps its place among the most: a window on it would break as it opens, be found again in the
// same instant, and so on without end.

extension Transfers {
  /// Finds a window on channels that could be lit, lights them, and says where it is.
  func reserveOnNewLight(_ state: TransferState) throws(RunError) -> TransferState.Reservation? {
    guard model.light.links.contains(where: { $0.automatic != nil }) else { return nil }
    for route in candidateRoutes(of: state) {
      var calendar = world.windows.calendar
      for link in route.links {
        guard let growth = growth(of: link) else { continue }
        let (place, most) = (Int(link.index), Double(growth.most))
        calendar.setRoom(of: place, to: growth.perChannel * most)
        calendar.setLimit(of: place, to: whole(growth) * most - world.floors.promised(on: link))
      }
      let (start, end) = span(of: state, on: route)
      let window = calendar.free(
        on: route.links, from: max(start, now + model.light.setup), to: end
      ).window(for: need(of: state), state.order.terms.window)
      guard let window else { continue }
      calendar.book(window, on: route.links)
      guard try light(route.links, for: calendar) else { return nil }
      return TransferState.Reservation(route: route, window: window)
    }
    return nil
  }

  /// What a link with automatic capacity may book for each channel, and how many it may have.
  private struct Growth {
    var link: LitLinkID
    var perChannel: Double
    var coming: Int
    var most: Int
  }

  private func growth(of link: LinkID) -> Growth? {
    guard let channels = world.ask.channels(link) else { return nil }
    let room = world.windows.calendar.rooms[Int(link.index)]
    guard channels.carrying > 0, room > 0 else { return nil }
    return Growth(
      link: channels.link, perChannel: Double(room) / Double(channels.carrying),
      coming: channels.coming, most: channels.most)
  }

  /// What a channel carries, of which a share may be booked.
  private func whole(_ growth: Growth) -> Double { growth.perChannel / model.transfers.share }

  /// Lights as many channels of some links as take all that is booked; false where one can't be.
  private func light(_ links: [LinkID], for calendar: BandwidthCalendar) throws(RunError) -> Bool {
    for link in links {
      guard let growth = growth(of: link) else { continue }
      let booked = Double(calendar.mostBooked(on: link, from: now))
      let withFloors = (booked + world.floors.promised(on: link)) / whole(growth)
      let needed = Int(max(booked / growth.perChannel, withFloors).rounded(.up))
      for _ in growth.coming..<max(growth.coming, needed) {
        guard try world.ask.lightChannel(growth.link) else { return false }
      }
    }
    return true
  }
}
