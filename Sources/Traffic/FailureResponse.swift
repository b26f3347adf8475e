// SPDX-License-Identifier: GPL-3.0-or-later

/// What the flows of a class do when a link on their path carries nothing any more.
public enum FailureResponse: String, CaseIterable, Sendable {
  /// They stand still until it is repaired.
  case wait
  /// They take the route of least delay that is left, and come back after the repair.
  case move
  /// They end there, with what they have sent.
  case breakOff = "break"
}
