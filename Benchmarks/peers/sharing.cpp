// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plays a workload in SimGrid, through nothing but its public s4u interface.
//
//     sharing WORK [FINISHES] [--cfg=network/optim:Full]
//
// WORK is the plain text that `flows write` makes. FINISHES, a CSV of flow and finish_s, is written
// if it is named. One line on standard output says: version, flows, CPU seconds of the simulation
// proper (reading the file and building the platform excluded), and the peak of memory in kB.
//
// The network model is told to be pure max-min: CM02 with its correction factors at 1, no traffic
// of acknowledgements, and no window that limits a flow. With latencies of 0 nothing else is left.
#include <simgrid/s4u.hpp>
#include <simgrid/version.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace sg4 = simgrid::s4u;

struct Flow {
  long id;
  double arrival;
  std::uint64_t bytes;
  std::size_t path;
};

struct Workload {
  std::vector<double> capacities;
  std::vector<std::vector<int>> paths;
  std::vector<Flow> flows;
};

using Pair = std::pair<sg4::Host*, sg4::Host*>;

[[noreturn]] static void stop(const std::string& message)
{
  std::cerr << "error: " << message << "\n";
  std::exit(2);
}

static double cpu_seconds()
{
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static Workload read_workload(const char* name)
{
  std::ifstream file(name);
  Workload workload;
  std::string word;
  std::size_t count;
  if (not(file >> word >> count) || word != "links")
    stop(std::string(name) + ": expected \"links\" and their number");
  workload.capacities.resize(count);
  for (std::size_t i = 0; i < count; i++) {
    std::size_t id;
    double capacity;
    double latency;
    if (not(file >> id >> capacity >> latency) || id >= count || latency != 0)
      stop(std::string(name) + ": expected a link without latency");
    workload.capacities[id] = capacity;
  }
  if (not(file >> word >> count) || word != "flows")
    stop(std::string(name) + ": expected \"flows\" and their number");
  workload.flows.reserve(count);
  std::map<std::vector<int>, std::size_t> known;
  for (std::size_t i = 0; i < count; i++) {
    Flow flow;
    std::size_t hops;
    if (not(file >> flow.id >> flow.arrival >> flow.bytes >> hops))
      stop(std::string(name) + ": expected a flow");
    std::vector<int> path(hops);
    for (int& link : path)
      if (not(file >> link) || link < 0 || link >= static_cast<int>(workload.capacities.size()))
        stop(std::string(name) + ": expected a link's number");
    auto [entry, is_new] = known.emplace(path, workload.paths.size());
    if (is_new)
      workload.paths.push_back(path);
    flow.path = entry->second;
    workload.flows.push_back(flow);
  }
  return workload;
}

static void ask_for_pure_sharing()
{
  sg4::Engine::set_config("network/model:CM02");
  sg4::Engine::set_config("network/bandwidth-factor:1");
  sg4::Engine::set_config("network/latency-factor:1");
  sg4::Engine::set_config("network/weight-S:0");
  sg4::Engine::set_config("network/crosstraffic:0");
  sg4::Engine::set_config("network/TCP-gamma:1e30");
}

// Every path is the route between two hosts of its own in one fully routed zone: as many hosts as
// it takes to have an ordered pair for each.
static std::vector<Pair> build_platform(const Workload& workload)
{
  auto* zone = sg4::create_full_zone("zone");
  std::size_t host_count = 2;
  while (host_count * (host_count - 1) < workload.paths.size())
    host_count++;
  std::vector<sg4::Host*> hosts;
  for (std::size_t i = 0; i < host_count; i++)
    hosts.push_back(zone->create_host("host" + std::to_string(i), 1e9)->seal());
  std::vector<sg4::Link*> links;
  for (std::size_t i = 0; i < workload.capacities.size(); i++)
    links.push_back(zone->create_link("link" + std::to_string(i), workload.capacities[i] / 8)
                        ->set_latency(0)
                        ->seal());
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < workload.paths.size(); i++) {
    std::size_t from = i / (host_count - 1);
    std::size_t to = i % (host_count - 1);
    if (to >= from)
      to++;
    std::vector<sg4::LinkInRoute> route;
    for (int link : workload.paths[i])
      route.emplace_back(links[link]);
    zone->add_route(hosts[from]->get_netpoint(), hosts[to]->get_netpoint(), nullptr, nullptr, route,
                    false);
    pairs.emplace_back(hosts[from], hosts[to]);
  }
  zone->seal();
  return pairs;
}

// One actor starts every transfer at its time and lets it go: of the ways that the interface has,
// the one that costs SimGrid least.
static std::vector<sg4::CommPtr> simulate(sg4::Engine& engine, const Workload& workload,
                                          const std::vector<Pair>& pairs)
{
  std::vector<sg4::CommPtr> transfers;
  transfers.reserve(workload.flows.size());
  sg4::Actor::create("starter", pairs.front().first, [&] {
    for (const Flow& flow : workload.flows) {
      sg4::this_actor::sleep_until(flow.arrival);
      auto [from, to] = pairs[flow.path];
      auto transfer = sg4::Comm::sendto_init(from, to);
      transfer->set_payload_size(flow.bytes);
      transfer->detach();
      transfers.push_back(transfer);
    }
  });
  engine.run();
  return transfers;
}

static void write_finishes(const char* name, const Workload& workload,
                           const std::vector<sg4::CommPtr>& transfers)
{
  std::FILE* file = std::fopen(name, "w");
  if (file == nullptr)
    stop(std::string(name) + ": can't be written");
  std::fprintf(file, "flow,finish_s\n");
  for (std::size_t i = 0; i < transfers.size(); i++)
    std::fprintf(file, "%ld,%.17g\n", workload.flows[i].id, transfers[i]->get_finish_time());
  if (std::fclose(file) != 0)
    stop(std::string(name) + ": can't be written");
}

int main(int argc, char** argv)
{
  sg4::Engine engine(&argc, argv);
  ask_for_pure_sharing();
  if (argc < 2 || argc > 3)
    stop("expected: sharing WORK [FINISHES] [--cfg=...]");
  const Workload workload = read_workload(argv[1]);
  if (workload.flows.empty())
    stop(std::string(argv[1]) + ": has no flows");
  const std::vector<Pair> pairs = build_platform(workload);
  const double start = cpu_seconds();
  const auto transfers = simulate(engine, workload, pairs);
  const double spent = cpu_seconds() - start;
  if (argc == 3)
    write_finishes(argv[2], workload, transfers);
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  int major;
  int minor;
  int patch;
  sg_version_get(&major, &minor, &patch);
  std::printf("%d.%d.%d %zu %.6f %ld\n", major, minor, patch, workload.flows.size(), spent,
              usage.ru_maxrss);
  return 0;
}
