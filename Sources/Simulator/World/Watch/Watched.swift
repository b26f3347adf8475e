// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

/// What is watched in a run that is lived through once more, by its name.
public enum Watched: Equatable, Sendable {
  case flow(String)
  case job(String)
  /// A pool as it is at an instant; nil stands for the one at which it is busiest.
  case pool(String, at: SimTime?)
  case link(LinkID)
  /// A request for a lightpath.
  case request(String)
  case demand(String)
  /// A place with machines, by its name.
  case site(String)
}
