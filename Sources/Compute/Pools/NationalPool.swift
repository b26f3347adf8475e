// SPDX-License-Identifier: GPL-3.0-or-later

/// A pool of the built-in national set.
public struct NationalPool: Hashable, Sendable {
  /// What it is good for; capacities of different kinds are never added.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Accelerators, counted in half precision.
    case intelligent
    /// Servers, counted in single precision.
    case generalPurpose = "general-purpose"
    /// Nodes of a national supercomputing centre, counted in single precision.
    case supercomputing
    /// Petabytes.
    case storage
  }

  public let identifier: PoolIdentifier
  public let owner: String
  public let kind: Kind
  /// The accelerator's name, `server`, `node` or `petabyte`.
  public let hardware: String
  public let count: Int
  /// Of one of them: operations a second, or bytes.
  public let each: Double
  public let full_W: Double
  public let idle_W: Double
  /// How sensitive the work may be that it takes, from 1 to 3.
  public let level: Int
  /// The year from which on others may use it.
  public let joins: Int
  public let cooling: CoolingKind
  /// Whether it is a room near people, and no centre.
  public let isEdge: Bool

  public var name: String { identifier.pool }
  /// The site of the national network that it is at.
  public var site: String { identifier.dataCentre }
  public var capacity: Double { Double(count) * each }
}
