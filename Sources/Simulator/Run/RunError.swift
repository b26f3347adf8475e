// SPDX-License-Identifier: GPL-3.0-or-later

public import Policies
public import Results
public import Traces

/// Why a run could not go on.
public enum RunError: Error, CustomStringConvertible {
  case trace(TraceError)
  case results(ResultsError)
  /// A policy outside died, kept silent or answered what can't be.
  case policy(PolicyError)
  /// No shares of pools could be worked out.
  case shares(String)

  public var description: String {
    switch self {
    case .trace(let error): error.description
    case .results(let error): error.description
    case .policy(let error): error.description
    case .shares(let problem): problem
    }
  }
}
