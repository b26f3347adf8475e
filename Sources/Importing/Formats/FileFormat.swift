// SPDX-License-Identifier: GPL-3.0-or-later

/// A format of network files.
public enum FileFormat: String, CaseIterable, Sendable {
  case sndlib
  case sndlibXML = "sndlib-xml"
  case graphml
  case topohub

  public var name: String {
    switch self {
    case .sndlib: "SNDlib native"
    case .sndlibXML: "SNDlib XML"
    case .graphml: "GraphML"
    case .topohub: "TopoHub JSON"
    }
  }

  func draft(of text: InputText) throws(Fault) -> NetworkDraft {
    switch self {
    case .sndlib: try SNDlibNative.draft(of: text)
    case .sndlibXML: try SNDlibXML.draft(of: text)
    case .graphml: try GraphML.draft(of: text)
    case .topohub: try TopoHub.draft(of: text)
    }
  }

  /// The format that a text begins like, or says by its root element.
  static func detected(in text: InputText) throws(Fault) -> FileFormat {
    let start = text.firstWord
    switch text.bytes[start] {
    case UInt8(ascii: "?"): return .sndlib
    case UInt8(ascii: "{"): return .topohub
    case UInt8(ascii: "<"):
      let root = try XMLReader.root(of: text)
      switch root.name {
      case "network": return .sndlibXML
      case "graphml": return .graphml
      default:
        throw Fault(
          found: "<\(root.name)>", expected: "<network> of SNDlib or <graphml>", at: root.offset)
      }
    default:
      if text.starts(with: "graph", at: start) || text.starts(with: "Creator", at: start) {
        throw Fault(found: "GML", expected: "GraphML, SNDlib or TopoHub JSON", at: start)
      }
      throw Fault(
        "not a known network file: expected SNDlib native (\"?SNDlib native format\"), SNDlib XML, "
          + "GraphML or TopoHub JSON", at: start)
    }
  }
}
