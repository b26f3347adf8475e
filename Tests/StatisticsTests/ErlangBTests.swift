// SPDX-License-Identifier: GPL-3.0-or-later
import Statistics
import Testing

@Suite struct ErlangBTests {
  /// Load, channels, and the blocking in exact rational arithmetic, to twelve digits.
  private static let exact: [(Double, Int, Double)] = [
    (
      0.1, 1, 0.0909090909091
    ),
    (
      0.5, 1, 0.333333333333
    ),
    (
      1, 1, 0.5
    ),
    (
      2, 1, 0.666666666667
    ),
    (
      0.5, 2, 0.0769230769231
    ),
    (
      1, 2, 0.2
    ),
    (
      2, 2, 0.4
    ),
    (
      1, 5, 0.00306748466258
    ),
    (
      2, 5, 0.0366972477064
    ),
    (
      3, 5, 0.110054347826
    ),
    (
      5, 5, 0.284867821331
    ),
    (
      2, 8, 0.000859475719811
    ),
    (
      4, 8, 0.0304200582259
    ),
    (
      5, 8, 0.0700478522096
    ),
    (
      6, 8, 0.121875783666
    ),
    (
      8, 8, 0.235570261124
    ),
    (
      4.461, 10, 0.0099977866879
    ),
    (
      5, 10, 0.0183845703366
    ),
    (
      8, 10, 0.121661064253
    ),
    (
      10, 10, 0.214582343107
    ),
    (
      8, 16, 0.00452983171628
    ),
    (
      10, 16, 0.0223018720404
    ),
    (
      12, 16, 0.0604125924626
    ),
    (
      16, 16, 0.175307631016
    ),
    (
      25, 40, 0.00141084135609
    ),
    (
      30, 40, 0.0144090125393
    ),
    (
      35, 40, 0.0542435995349
    ),
    (
      40, 40, 0.116155984311
    ),
    (
      60, 80, 0.00219865000681
    ),
    (
      65, 80, 0.00917641376944
    ),
    (
      70, 80, 0.0252027185925
    ),
    (
      80, 80, 0.0841187057952
    ),
    (
      75, 96, 0.00276090575976
    ),
    (
      80, 96, 0.00938530729811
    ),
    (
      90, 96, 0.044228003749
    ),
    (
      96, 96, 0.0771786982877
    ),
    (
      84.06, 100, 0.00999170258803
    ),
    (
      90, 100, 0.0269573804644
    ),
    (
      100, 100, 0.0757004527109
    ),
    (
      120, 100, 0.196269989455
    ),
  ]

  @Test func itIsTheExactValueToTwelveDigits() {
    for (load, channels, blocking) in Self.exact {
      #expect(abs(ErlangB.blocking(load: load, channels: channels) - blocking) < 1e-12)
    }
  }

  /// 1 / B is the sum over k of the products (N / A) ((N-1) / A) ((N-2) / A) of k factors.
  @Test func aHundredThousandChannelsAreAsExact() {
    for load in [99_000.5, 100_000, 101_000] {
      var (term, sum) = (1.0, 1.0)
      for taken in 0..<100_000 {
        term *= Double(100_000 - taken) / load
        sum += term
      }
      let blocking = ErlangB.blocking(load: load, channels: 100_000)
      #expect(abs(blocking * sum - 1) < 1e-11)
    }
  }

  @Test func theEndsAreWhatTheyShouldBe() {
    #expect(ErlangB.blocking(load: 3, channels: 0) == 1)
    #expect(ErlangB.blocking(load: 0, channels: 3) == 0)
    #expect(ErlangB.blocking(load: 1e-9, channels: 100_000) == 0)
    #expect(abs(ErlangB.blocking(load: 1e12, channels: 10) - 1) < 1e-10)
  }
}
