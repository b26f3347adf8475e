// SPDX-License-Identifier: GPL-3.0-or-later
//
// A port of ns-3: a point-to-point device with a drop-tail queue, Poisson packets of 1000 B.
//
//   ns3_port PACKETS SEED LOAD PLACES SIZES      SIZES 0: all equal; 1: exponential
//
// Prints loss, mean delay and their standard errors over 40 batches, as packets.cpp does.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <vector>

#include "ns3/core-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

using namespace ns3;

namespace {
constexpr int batches = 40;
constexpr double meanBytes = 1000;
double packets, sizes, load;
double came[batches], lost[batches], done[batches], sum[batches];
std::deque<std::pair<double, int>> inside;  // arrival and batch
Ptr<PointToPointNetDevice> device;
Ptr<ExponentialRandomVariable> gap, size;
double offered = 0;

int batch(double number) {
  const double start = packets / 20;
  return number < start ? -1 : int((number - start) / (packets - start) * batches);
}

bool leave(Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&) {
  const auto [arrival, index] = inside.front();
  inside.pop_front();
  if (index >= 0 && index < batches) {
    done[index]++;
    sum[index] += Simulator::Now().GetSeconds() - arrival;
  }
  return true;
}

void arrive() {
  const int index = batch(offered++);
  // The header of the device takes two bytes.
  const double bytes = std::max(2.0, std::round(sizes == 1 ? size->GetValue() : meanBytes));
  const double now = Simulator::Now().GetSeconds();
  const bool isIn = device->Send(Create<Packet>(uint32_t(bytes) - 2), Mac48Address::GetBroadcast(), 0x0800);
  if (isIn) inside.push_back({now, index});
  if (index >= 0 && index < batches) {
    came[index]++;
    lost[index] += !isIn;
  }
  if (offered < packets) Simulator::Schedule(Seconds(gap->GetValue()), &arrive);
}

void ratio(const double* part, const double* all, double unit) {
  double p = 0, a = 0, spread = 0;
  for (int i = 0; i < batches; i++) p += part[i], a += all[i];
  const double mean = p / a;
  for (int i = 0; i < batches; i++) spread += std::pow(part[i] - mean * all[i], 2);
  std::printf("%.9g,%.3g,", mean / unit, std::sqrt(spread) / a / unit);
}
}  // namespace

int main(int count, char** words) {
  if (count != 6) return 2;
  packets = atof(words[1]);
  load = atof(words[3]);
  sizes = atof(words[5]);
  Time::SetResolution(Time::PS);
  RngSeedManager::SetSeed(777);
  RngSeedManager::SetRun(strtoull(words[2], nullptr, 10));
  NodeContainer nodes;
  nodes.Create(2);
  PointToPointHelper helper;
  const double service = 1e-6;
  helper.SetDeviceAttribute("DataRate", DataRateValue(DataRate(uint64_t(meanBytes * 8 / service))));
  helper.SetChannelAttribute("Delay", StringValue("0ns"));
  // The device holds the packet that it sends beside its queue.
  const int places = std::max(1, atoi(words[4]) - 1);
  helper.SetQueue("ns3::DropTailQueue<Packet>", "MaxSize", StringValue(std::to_string(places) + "p"));
  NetDeviceContainer devices = helper.Install(nodes);
  device = DynamicCast<PointToPointNetDevice>(devices.Get(0));
  devices.Get(1)->SetReceiveCallback(MakeCallback(&leave));
  gap = CreateObject<ExponentialRandomVariable>();
  gap->SetAttribute("Mean", DoubleValue(service / load));
  size = CreateObject<ExponentialRandomVariable>();
  size->SetAttribute("Mean", DoubleValue(meanBytes));
  Simulator::Schedule(Seconds(0), &arrive);
  Simulator::Run();
  ratio(lost, came, 1);
  ratio(sum, done, service);
  std::printf("nan\n");
  Simulator::Destroy();
}
