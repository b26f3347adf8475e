// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// A network from a file in a foreign format, with the names and lengths that a scenario needs.
public struct ImportedNetwork: Equatable, Sendable {
  public struct Site: Equatable, Sendable {
    public var name: String
    /// Nil where the file gives none, or one that is on no globe.
    public var position: Position?
  }

  /// A pair of strands between two sites, which are known by their place in `sites`.
  public struct Fibre: Equatable, Sendable {
    public var name: String
    public var first: Int
    public var second: Int
    public var length: Kilometres
    /// What the file says of it; a fibre's real capacity comes from its light.
    public var capacity: BitsPerSecond?
    /// The names of its parts of equal length, where light is made anew between them; empty where
    /// it is one.
    public var parts: [String] = []
    public var regenerators: [Site] = []
  }

  public struct Demand: Equatable, Sendable {
    public var source: Int
    public var target: Int
    /// In the file's unit.
    public var value: Double

    var reversed: Demand { Demand(source: target, target: source, value: value) }
  }

  /// Nil where the file does not name the network.
  public var name: String?
  public var format: FileFormat
  public var sites: [Site] = []
  public var fibres: [Fibre] = []
  /// Those that can be routed, one for each ordered pair of sites.
  public var demands: [Demand] = []
  /// Whether the file has each of them once, for both directions.
  public var demandsGoBothWays = false
  /// Nil where the file does not state it.
  public var demandUnit: BitsPerSecond?
  /// The sites of the largest part that hangs together.
  public var largestPart: [Int] = []
  /// What was changed or left out, a sentence each.
  public var warnings: [String] = []
}

/// How the lengths of fibres come about.
public struct LengthRules: Equatable, Sendable {
  /// How much longer a fibre is than the straight line between its ends.
  public var routeFactor = 1.5
  /// The length of a fibre between places that are not known; nil makes that an error.
  public var unknown: Kilometres?
  public var shortest = Kilometres(1)
  /// Leaves out the nodes whose place is not known, with what ends at them.
  public var leavesOutUnplaced = false

  public init() {}
}

extension ImportedNetwork {
  /// Reads a file; without a format, in the one that its content tells.
  public init(
    file: String, format: FileFormat? = nil, lengths: LengthRules = LengthRules()
  ) throws(ImportError) {
    let bytes: [UInt8]
    do throws(Fault) {
      bytes = try FileContents.read(file)
    } catch {
      throw ImportError(file: file, place: nil, text: error.text)
    }
    try self.init(bytes, named: file, format: format, lengths: lengths)
  }

  /// Reads the bytes of a file, which may be packed.
  public init(
    _ stored: [UInt8], named file: String, format: FileFormat? = nil,
    lengths: LengthRules = LengthRules()
  ) throws(ImportError) {
    var bytes = stored
    var text: InputText?
    do throws(Fault) {
      bytes = try FileContents.unpacked(stored)
      let input = try InputText(bytes)
      text = input
      let known = if let format { format } else { try FileFormat.detected(in: input) }
      var assembly = Assembly(try known.draft(of: input), rules: lengths)
      self = try assembly.network(from: known)
    } catch {
      let readable = text ?? InputText(unchecked: bytes)
      throw ImportError(
        file: file, place: error.offset.map(readable.mark), text: error.text)
    }
  }
}
