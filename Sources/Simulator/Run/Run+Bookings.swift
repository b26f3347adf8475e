// SPDX-License-Identifier: GPL-3.0-or-later

extension Run {
  /// What jobs on pools book of the light together with machines.
  func connectBookings() {
    world.ask.firstWindow = { [unowned self] in transfers.firstWindow(of: $0) }
    world.ask.bookWindow = { [unowned self] (move: JobMove) throws(RunError) in
      try transfers.book(move)
    }
    world.ask.dataAreThere = { [unowned self] (transfer: TransferID) throws(RunError) in
      try transfers.dataAreThere(transfer)
    }
    world.ask.withdraw = { [unowned self] in transfers.withdraw($0) }
  }
}
