// SPDX-License-Identifier: GPL-3.0-or-later

/// What can happen to a transfer, apart from its end.
enum TransferEvent: BitwiseCopyable {
  /// The next transfer of a source is known, and asks for its window if it wants one.
  case isAsked(source: Int32)
  /// Its data may leave from now on.
  case arrives(transfer: Int32)
  /// Its window opens, if that is still the window it has.
  case opens(transfer: Int32)

  /// The number that stands for the case in the digest, behind those of training jobs.
  var kind: UInt8 {
    switch self {
    case .isAsked: 48
    case .arrives: 49
    case .opens: 50
    }
  }

  var subject: Int {
    switch self {
    case .isAsked(let index), .arrives(let index), .opens(let index): Int(index)
    }
  }
}
