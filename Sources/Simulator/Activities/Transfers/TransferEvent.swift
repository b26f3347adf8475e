// SPDX-License-Identifier: GPL-3.0-or-later

/// What can happen to a transfer, apart from its end.
enum TransferEvent: RunEvent {
  /// The next transfer of a source is known, and asks for its window if it wants one.
  case isAsked(source: Int32)
  /// Its data may leave from now on.
  case arrives(transfer: TransferID)
  /// Its window opens, if that is still the window it has.
  case opens(transfer: TransferID)

  var mark: EventMark? {
    switch self {
    case .isAsked(let index): EventMark(48, index)
    case .arrives(let index): EventMark(49, index)
    case .opens(let index): EventMark(50, index)
    }
  }
}
