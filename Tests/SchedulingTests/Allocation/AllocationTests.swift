// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import Testing

@testable import Scheduling

/// Allocations against HiGHS, against what any allocation must keep, and at their edges.
@Suite struct AllocationTests {
  /// The most by which shares break what they must keep.
  private func excess(_ allocation: Allocation, of fleet: SharedFleet) -> Double {
    var most = allocation.shares.map { max(-$0, $0 - 1) }.max() ?? 0
    for job in fleet.jobs.indices {
      let first = job * fleet.types.count
      most = max(most, allocation.shares[first..<first + fleet.types.count].reduce(0, +) - 1)
    }
    for (type, kind) in fleet.types.enumerated() {
      most = max(most, fleet.use(ofType: type, in: allocation) - Double(kind.count))
    }
    return most
  }

  @Test(arguments: AllocationObjective.allCases)
  func objectivesAreThoseOfGavel(objective: AllocationObjective) throws {
    let cases = try GavelCase.all()
    #expect(cases.count == 5)
    for one in cases {
      let allocation = try one.fleet.allocation(for: objective)
      let expected = try one.value(of: objective)
      let found = one.fleet.value(of: objective, in: allocation)
      #expect(abs(found / expected - 1) < 1e-9 && excess(allocation, of: one.fleet) < 1e-12)
      let shares = zip(one.fleet.jobs, one.equal_share_throughput)
      #expect(shares.allSatisfy { abs(one.fleet.equalShareSpeed(of: $0) / $1 - 1) < 1e-9 })
    }
  }

  /// Random fleets, with types that jobs don't run on and types of nothing.
  private func random(_ seed: UInt64) -> SharedFleet {
    var stream = RandomStream(seed: seed, name: "fleet")
    func whole(_ count: Int) -> Int { Int(stream.nextUniform() * Double(count)) }
    let types = 1 + whole(5)
    let counts = (0..<types).map { $0 == 0 ? 1 + whole(9) : whole(6) }
    return SharedFleet(
      types: counts.enumerated().map { .init(name: "t\($0)", count: $1) },
      jobs: (0..<(1 + whole(15))).map { job in
        let speeds = (0..<types).map { type in
          type > 0 && whole(3) == 0 ? 0 : 0.01 + stream.nextUniform() * Double(1 + 10 * type)
        }
        return .init(
          name: "j\(job)", accelerators: 1 << whole(4), weight: Double(1 + whole(3)),
          steps: 1 + 1e5 * stream.nextUniform(), speeds: speeds)
      })
  }

  @Test func randomAllocationsAreProvedBest() throws {
    var worst = 0.0
    for seed in 1...60 {
      let fleet = random(UInt64(seed))
      let even = fleet.equalShares()
      for objective in AllocationObjective.allCases {
        let allocation = try fleet.allocation(for: objective)
        let proof = allocation.proof
        worst = max(
          worst, excess(allocation, of: fleet), proof.infeasibility, proof.gainLeft, abs(proof.gap))
        // No job that has a share somewhere costs anything there.
        for (share, loss) in zip(allocation.shares, allocation.losses) where share > 1e-9 {
          worst = max(worst, loss)
        }
        let (best, plain) = (
          fleet.value(of: objective, in: allocation), fleet.value(of: objective, in: even)
        )
        if objective == .minMakespan ? best > plain * (1 + 1e-9) : best < plain * (1 - 1e-9) {
          worst = .infinity
        }
      }
    }
    #expect(worst < 1e-9)
  }

  private func fleet(_ counts: [Int], _ jobs: [(accelerators: Int, speeds: [Double])])
    -> SharedFleet
  {
    SharedFleet(
      types: counts.enumerated().map { .init(name: "t\($0)", count: $1) },
      jobs: jobs.enumerated().map {
        .init(
          name: "j\($0)", accelerators: $1.accelerators, weight: 1, steps: 100, speeds: $1.speeds)
      })
  }

  @Test func edgesHaveAnswers() throws {
    let none = fleet([4], [])
    let one = fleet([2], [(4, [3]), (1, [3])])
    let alike = fleet([1, 1], [(1, [2, 1]), (1, [2, 1])])
    for objective in AllocationObjective.allCases {
      #expect(none.value(of: objective, in: try none.allocation(for: objective)) == 0)
      let shares = try alike.allocation(for: objective).shares
      #expect(shares[0] == shares[2] && abs(shares[0] - 0.5) < 1e-12)
    }
    // A job of 4 on a type of 2 runs at most half of the time.
    #expect(abs(one.value(of: .maxSum, in: try one.allocation(for: .maxSum)) - 3.75) < 1e-12)
    #expect(
      abs(one.value(of: .minMakespan, in: try one.allocation(for: .minMakespan)) - 250 / 3) < 1e-9)
  }

  @Test func whatHasNoAllocationIsSaid() throws {
    // The second job runs only on a type of which there is nothing.
    let stranded = fleet([2, 0], [(1, [1, 5]), (1, [0, 5])])
    for objective in [AllocationObjective.maxMin, .minMakespan] {
      #expect(throws: AllocationError.runsNowhere(job: "j1")) {
        try stranded.allocation(for: objective)
      }
    }
    #expect(try stranded.allocation(for: .maxSum).shares == [1, 0, 0, 0])
    let empty = fleet([0, 0], [(1, [1, 5])])
    #expect(try empty.allocation(for: .maxSum).shares == [0, 0])
    var unknown = fleet([1], [(1, [1])])
    unknown.jobs[0].steps = nil
    #expect(throws: AllocationError.noSteps(job: "j0")) {
      try unknown.allocation(for: .minMakespan)
    }
  }
}
