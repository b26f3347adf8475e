// SPDX-License-Identifier: GPL-3.0-or-later
package import NetworkModel

/// What a route carries on a channel.
package struct RouteGrade: BitwiseCopyable, Sendable {
  /// The line rate of a channel in bits per second; 0 where none closes or the request tells it.
  package var lineRate = 0.0
  /// Bits per second in each hertz, where the length tells so; 0 otherwise.
  package var efficiency = 0.0
  /// The fastest mode that closes; -1 without modes.
  package var mode: Int32 = -1

  package var closes: Bool { lineRate > 0 || efficiency > 0 }
}

/// A mode that closes on a route.
package struct ClosingMode: Equatable, Sendable {
  package var mode: Int32
  package var lineRate: Double
  /// The slots that it takes, without guard.
  package var slots: Int32
}

/// Grades routes by their quality or by their length.
package struct RouteGrader: Sendable {
  private let boxedModel: Boxed<LightModel>
  /// The modes that close on each route that was graded, the fastest first.
  private var closing: [[ClosingMode]] = []

  package init(_ model: LightModel) {
    boxedModel = Boxed(model)
  }

  private var model: LightModel {
    _read { yield boxedModel.value }
  }

  package func modes(of route: Int) -> [ClosingMode] { closing[route] }

  package mutating func grade(_ path: FibrePath) -> RouteGrade {
    switch model.rating {
    case .byLength(let steps):
      closing.append([])
      return RouteGrader.grade(path.length, by: steps)
    case .byQuality(let table, let margin_dB):
      let modes = RouteGrader.closingModes(path.fibres, table, margin_dB)
      closing.append(modes)
      guard let fastest = modes.first else { return RouteGrade() }
      return RouteGrade(lineRate: fastest.lineRate, mode: fastest.mode)
    }
  }

  private static func grade(_ length: Kilometres, by steps: [ReachStep]) -> RouteGrade {
    guard let step = steps.first(where: { length <= $0.upTo }) else { return RouteGrade() }
    switch step.carries {
    case .rate(let rate): return RouteGrade(lineRate: rate.value)
    case .efficiency(let efficiency): return RouteGrade(efficiency: efficiency)
    }
  }

  /// The modes that close, the fastest first; of one rate, the one of fewer slots, then of most
  /// to spare.
  private static func closingModes(
    _ route: [FibreID], _ table: TransmissionTable, _ margin_dB: Double
  ) -> [ClosingMode] {
    var found: [(mode: ClosingMode, spare_dB: Double)] = []
    for (index, mode) in table.modes.enumerated() {
      guard let slots = table.transmission.grid.positions(width_GHz: mode.slot_GHz),
        let terms = table.terms(over: route, mode: index)
      else { continue }
      let spare_dB = terms.margin_dB(for: mode) - margin_dB
      guard spare_dB >= 0 else { continue }
      let closing = ClosingMode(
        mode: Int32(index), lineRate: mode.lineRate.value, slots: Int32(slots))
      found.append((closing, spare_dB))
    }
    return found.sorted {
      (-$0.mode.lineRate, $0.mode.slots, -$0.spare_dB, $0.mode.mode)
        < (-$1.mode.lineRate, $1.mode.slots, -$1.spare_dB, $1.mode.mode)
    }.map(\.mode)
  }

  /// The bits per second in each hertz that a route allows; 0 where nothing closes.
  package func efficiency(of path: FibrePath) -> Double {
    switch model.rating {
    case .byLength(let steps):
      let grade = RouteGrader.grade(path.length, by: steps)
      return grade.efficiency > 0 ? grade.efficiency : grade.lineRate
    case .byQuality(let table, let margin_dB):
      let modes = RouteGrader.closingModes(path.fibres, table, margin_dB)
      return modes.map { $0.lineRate / (FlexibleGrid.slotWidth_GHz * 1e9 * Double($0.slots)) }.max()
        ?? 0
    }
  }
}
