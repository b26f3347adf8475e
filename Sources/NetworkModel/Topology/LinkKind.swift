// SPDX-License-Identifier: GPL-3.0-or-later

/// What part of a network a link is, for figures of how much it is used.
public enum LinkKind: String, CaseIterable, Sendable {
  /// Between clusters, cities and whatever else a scenario calls its network.
  case backbone
  /// Of the local ring of a cluster, between its data centres.
  case local
  /// A port of a fabric: inside of a data centre.
  case fabric
  /// The line of a user, or the way from a fabric to the network.
  case access
}
