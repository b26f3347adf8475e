// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@Suite struct LineDesignTests {
  @Test func aFibreIsCutIntoEqualSpans() {
    #expect(spanCount(of: 80) == 1)
    #expect(spanCount(of: 80.001) == 2)
    #expect(spanCount(of: 1) == 1)
    // A hair more than three spans is three spans still.
    #expect(spanCount(of: 240.0.nextUp) == 3)
    let section = RouteSection(length: Kilometres(250))
    #expect(section.spanCount == 4 && section.spanLength == Kilometres(62.5))
  }

  private func spanCount(of length_km: Double) -> Int {
    RouteSection(length: Kilometres(length_km)).spanCount
  }

  @Test(arguments: Glass.allCases)
  func everyGlassIsInRange(glass: Glass) throws {
    try LineDesign(glass: glass).validate()
  }

  /// gamma = 2 pi n2 f / (c A).
  @Test(arguments: [(Glass.g652D, 83.0), (.g654E, 125.0), (.g655, 72.0)])
  func theNonlinearCoefficientFollowsFromTheArea(glass: Glass, area_um2: Double) {
    let gamma_W_km = 2 * Double.pi * 2.6e-20 * 193.7e12 / (299_792_458 * area_um2 * 1e-12) * 1e3
    #expect(abs(LineDesign(glass: glass).gamma_W_km / gamma_W_km - 1) < 2e-3)
  }

  @Test func nonsenseIsRefused() {
    let wrong: [(inout LineDesign) -> Void] = [
      { $0.longestSpan = Kilometres(0) }, { $0.loss_dB_km = 0 }, { $0.loss_dB_km = .nan },
      { $0.lumpedLoss_dB = -1 }, { $0.dispersion_ps_nm_km = 0 }, { $0.gamma_W_km = 0 },
      { $0.reference_THz = 1550 }, { $0.noiseFigure_dB = -3 },
    ]
    for change in wrong {
      var line = LineDesign()
      change(&line)
      #expect(throws: OpticsError.self) { try line.validate() }
    }
    #expect(throws: OpticsError.self) { try LaunchPower.fixed(dBm: 60).validate() }
  }
}
