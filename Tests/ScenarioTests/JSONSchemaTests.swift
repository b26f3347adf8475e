// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Testing
import YAMLReader

@testable import Scenario

@Suite struct JSONSchemaTests {
  private func schema() throws -> Node {
    var problems = Problems(file: "schema")
    let node = Node.read(Array(JSONSchema.text.utf8), problems: &problems)
    #expect(problems.all == [])
    return try #require(node)
  }

  private func entries(_ node: Node) -> [Node.Entry] {
    if case .mapping(let entries) = node.content { entries } else { [] }
  }

  /// All the keys under `properties`, at any depth.
  private func properties(_ node: Node) -> Set<String> {
    switch node.content {
    case .mapping(let entries):
      entries.reduce(into: []) { keys, entry in
        if entry.key == "properties" { keys.formUnion(self.entries(entry.value).map(\.key)) }
        keys.formUnion(properties(entry.value))
      }
    case .sequence(let elements):
      elements.reduce(into: []) { $0.formUnion(properties($1)) }
    case .scalar, .broken: []
    }
  }

  @Test func ourOwnReaderAndOthersReadIt() throws {
    let root = try schema()
    #expect(entries(root).first?.key == "$schema")
    let other = try JSONSerialization.jsonObject(with: Data(JSONSchema.text.utf8))
    let object = try #require(other as? [String: Any])
    #expect(object["additionalProperties"] as? Bool == false)
    #expect(object["required"] as? [String] == ["scenario", "network"])
  }

  @Test func itHasEveryKeyOfEveryTable() throws {
    func keys<Target>(_ shape: Shape<Target>) -> [String] { shape.fields.map(\.key) }
    let expected =
      keys(Scenario.shape) + keys(NetworkSection.shape) + keys(NodeSection.shape)
      + keys(LinkSection.shape) + keys(ClassSection.shape) + keys(EventSection.shape)
      + keys(TrafficSection.shape) + keys(FlowSection.shape) + keys(GenerateSection.shape)
      + keys(PairSection.shape) + keys(ArrivalsSection.shape) + keys(RateSection.shape)
      + keys(BurstySection.shape) + keys(SizesSection.shape) + keys(ExponentialSection.shape)
      + keys(LognormalSection.shape) + keys(ParetoSection.shape) + keys(EmpiricalSection.shape)
    let light =
      keys(LightSection.shape) + keys(EachFibreSection.shape) + keys(FibreSection.shape)
      + keys(RingSection.shape)
      + keys(LineSection.shape) + keys(FixedGridSection.shape) + keys(FlexibleGridSection.shape)
      + keys(TransceiverSection.shape) + keys(ReachSection.shape) + keys(PathsSection.shape)
      + keys(DelaySection.shape) + keys(SwitchingSection.shape) + keys(LitLinkSection.shape)
      + keys(AutomaticSection.shape) + keys(FailuresSection.shape) + keys(CutsSection.shape)
      + keys(ComponentSection.shape)
    let requests =
      keys(RequestsSection.shape) + keys(RequestSection.shape)
      + keys(RequestGeneratorSection.shape) + keys(RequestArrivalsSection.shape)
      + keys(HoldingSection.shape) + keys(ExponentialHoldingSection.shape)
      + keys(RatesSection.shape) + keys(UniformRatesSection.shape)
      + keys(RateChoiceSection.shape)
    let loss =
      keys(LossSection.shape) + keys(PortSection.shape) + keys(DemandSection.shape)
      + keys(PathSection.shape)
    let training =
      keys(FabricSection.shape) + keys(PodsSection.shape) + keys(InterconnectSection.shape)
      + keys(TrainingSection.shape) + keys(ModelSection.shape) + keys(ExpertsSection.shape)
      + keys(PlanSection.shape) + keys(CollectiveSection.shape) + keys(SiteSection.shape)
      + keys(ExitSection.shape)
    let tokens =
      keys(TokensSection.shape) + keys(ServiceSection.shape) + keys(SiteSpeedSection.shape)
      + keys(EnginesSection.shape)
    let traces = keys(TraceSection.shape) + keys(MovedSection.shape)
    let elastic =
      keys(ElasticSection.shape) + keys(TierSection.shape) + keys(ElasticDeadlineSection.shape)
      + keys(AdmissionSection.shape) + keys(SchedulingSection.shape)
    let transfers =
      keys(TransferSection.shape) + keys(TransferTermsSection.shape)
      + keys(DeadlineSection.shape) + keys(ReservationsSection.shape)
      + keys(ExpectSection.shape)
    let pools =
      keys(CalendarSection.shape) + keys(PoolsSection.shape) + keys(RegistrySection.shape)
      + keys(PoolSection.shape) + keys(PoolPowerSection.shape) + keys(PUECurveSection.shape)
      + keys(EnergySection.shape) + keys(TariffSection.shape) + keys(TariffHoursSection.shape)
      + keys(PowerRuleSection.shape) + keys(CapSection.shape) + keys(SignalSection.shape)
      + keys(PlacementSection.shape)
      + keys(MovesSection.shape) + keys(RoundsSection.shape) + keys(PoolFailuresSection.shape)
      + keys(PoolTrainingSection.shape) + keys(CheckpointSection.shape)
      + keys(JobBookingSection.shape)
    let jobs =
      keys(JobsSection.shape) + keys(ListedJobSection.shape) + keys(RequestedSection.shape)
      + keys(JobInputSection.shape) + keys(JobOutputSection.shape) + keys(TenantSection.shape)
      + keys(PoolChoiceSection.shape) + keys(DrawnSection<Double>.shape)
      + keys(DrawnLognormalSection<Double>.shape) + keys(DrawnParetoSection<Double>.shape)
      + keys(DrawnEmpiricalSection<Double>.shape)
    let inference =
      keys(InferenceSection.shape) + keys(ServiceSiteSection.shape) + keys(EngineSection.shape)
      + keys(EngineRatesSection.shape) + keys(InferenceRequestsSection.shape)
      + keys(PromiseSection.shape) + keys(CacheSection.shape) + keys(ScaleSection.shape)
      + keys(DearSection.shape)
    let all =
      expected + light + requests + loss + training + tokens + traces + elastic + transfers
      + pools + jobs + inference + keys(LinkRowsSection.shape)
    #expect(properties(try schema()) == Set(all))
  }

  @Test func everyPropertyIsDescribed() throws {
    func check(_ node: Node) {
      switch node.content {
      case .mapping(let entries):
        for entry in entries where entry.key == "properties" {
          for property in self.entries(entry.value) {
            let described = self.entries(property.value).contains { $0.key == "description" }
            #expect(described, "\(property.key) has no description")
          }
        }
        for entry in entries { check(entry.value) }
      case .sequence(let elements): for element in elements { check(element) }
      case .scalar, .broken: break
      }
    }
    check(try schema())
  }

  @Test func thePatternOfAQuantityAcceptsWhatTheReaderAccepts() throws {
    guard
      case .scalar(let pattern)? = entries(Positive<SimDuration>.schema)
        .first(where: { $0.key == "pattern" })?.value.content
    else {
      Issue.record("the schema of a quantity has a pattern")
      return
    }
    let regex = try Regex(pattern.text)
    for text in [
      "1 s", "1.5 ms", "0.1 µs", "2e3 h", "10min", "0 s", "5", "1 Gbps", "-1 s", "1_0 s",
    ] {
      var problems = Problems(file: "f")
      let isRead =
        Positive<SimDuration>.read(.text(text), path: .root, problems: &problems) != nil
      #expect((text.wholeMatch(of: regex) != nil) == isRead, "\(text)")
    }
  }
}
