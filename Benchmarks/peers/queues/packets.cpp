// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ports packet by packet, without any formula: what Results/queues.md holds the laws against.
//
//   packets port PACKETS SEED CLASS...      one port; a class is LOAD:PLACES:GAPS:SIZES
//   packets tandem PACKETS SEED LOAD PLACES SIZES KEEP FEEDERS CROSS
//
// GAPS and SIZES are squared coefficients of variation: 0 equal, 1 exponential, above 1 of two
// exponentials with balanced means. The first class of a port goes first, none is interrupted, each
// has PLACES of its own, with the packet in service. A tandem is FEEDERS equal links, each with LOAD,
// that all lead to one more of FEEDERS times the capacity and places; CROSS of that one's
// capacity is fresh Poisson traffic in place of as much from the feeders. With KEEP a packet has the
// same size on both, as real packets do, and else it is drawn anew, as the formulas have it.
// Prints a row a class or link: loss, its standard error, mean delay, its standard error, and the
// 99th percentile, in mean services of the link.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <queue>
#include <string>
#include <vector>

struct Random {
  uint64_t state;
  explicit Random(uint64_t seed) : state(seed * 0x9E3779B97F4A7C15ull + 1) {}
  uint64_t bits() {  // SplitMix64
    uint64_t z = (state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  double uniform() { return (bits() >> 11) * 0x1p-53; }
  // A value of mean 1 with a squared coefficient of variation.
  double draw(double variation) {
    if (variation == 0) return 1;
    const double e = -std::log1p(-uniform());
    if (variation <= 1) return e;
    const double p = 0.5 * (1 + std::sqrt((variation - 1) / (variation + 1)));
    return uniform() < p ? e / (2 * p) : e / (2 * (1 - p));
  }
};

// What became of packets, in batches for the errors of means.
struct Account {
  static constexpr int batches = 40;
  std::vector<double> came, lost, done, sum;
  std::vector<float> delays;
  double first, each;
  Account(double first, double last)
      : came(batches), lost(batches), done(batches), sum(batches), first(first),
        each((last - first) / batches) {}
  int batch(double time) const { return int(std::floor((time - first) / each)); }
  bool counts(double time) const { return time >= first && batch(time) < batches; }
  void arrive(double time, bool isLost) {
    if (!counts(time)) return;
    came[batch(time)]++;
    lost[batch(time)] += isLost;
  }
  void leave(double arrival, double delay) {
    if (!counts(arrival)) return;
    done[batch(arrival)]++;
    sum[batch(arrival)] += delay;
    delays.push_back(float(delay));
  }
  static void ratio(const std::vector<double>& part, const std::vector<double>& all) {
    double p = 0, a = 0, spread = 0;
    for (int i = 0; i < batches; i++) p += part[i], a += all[i];
    const double mean = a > 0 ? p / a : NAN;
    for (int i = 0; i < batches; i++) spread += std::pow(part[i] - mean * all[i], 2);
    std::printf("%.9g,%.3g,", mean, a > 0 ? std::sqrt(spread) / a : NAN);
  }
  void print() {
    ratio(lost, came);
    ratio(sum, done);
    if (delays.empty()) return void(std::printf("nan\n"));
    auto at = delays.begin() + size_t(0.99 * (delays.size() - 1));
    std::nth_element(delays.begin(), at, delays.end());
    std::printf("%.9g\n", *at);
  }
};

static void port(int count, char** words, double packets, uint64_t seed) {
  struct Class {
    double load, places, gaps, sizes, next;
    std::deque<double> waiting;
  };
  std::vector<Class> classes;
  double total = 0;
  Random random(seed);
  for (int i = 0; i < count; i++) {
    Class c{};
    if (std::sscanf(words[i], "%lf:%lf:%lf:%lf", &c.load, &c.places, &c.gaps, &c.sizes) != 4) exit(2);
    c.next = random.draw(c.gaps) / c.load;
    total += c.load;
    classes.push_back(c);
  }
  const double end = packets / total;
  std::vector<Account> accounts(count, Account(0.05 * end, end));
  double now = 0;
  int serving = -1;
  auto takeIn = [&](double until) {
    for (int i = 0; i < count; i++) {
      Class& c = classes[i];
      while (c.next <= until) {
        const bool isLost = c.waiting.size() + (serving == i) >= c.places;
        accounts[i].arrive(c.next, isLost);
        if (!isLost) c.waiting.push_back(c.next);
        c.next += random.draw(c.gaps) / c.load;
      }
    }
  };
  while (now < end) {
    takeIn(now);
    int next = 0;
    while (next < count && classes[next].waiting.empty()) next++;
    if (next == count) {
      now = classes[0].next;
      for (Class& c : classes) now = std::min(now, c.next);
      continue;
    }
    const double arrival = classes[next].waiting.front();
    classes[next].waiting.pop_front();
    serving = next;
    now += random.draw(classes[next].sizes);
    takeIn(now);
    serving = -1;
    accounts[next].leave(arrival, now - arrival);
  }
  for (Account& account : accounts) account.print();
}

// A link by the instants at which the packets in it will have left, first come first served.
struct Link {
  size_t places;
  double capacity;
  std::deque<double> leaving;
  // When a packet that comes now will have left; below 0 where there is no room.
  double take(double now, double size) {
    while (!leaving.empty() && leaving.front() <= now) leaving.pop_front();
    if (leaving.size() >= places) return -1;
    leaving.push_back((leaving.empty() ? now : leaving.back()) + size / capacity);
    return leaving.back();
  }
};

static void tandem(char** words, double packets, uint64_t seed) {
  const double load = atof(words[0]), sizes = atof(words[2]), cross = atof(words[5]);
  const size_t places = size_t(atof(words[1]));
  const bool keeps = atoi(words[3]) == 1;
  const int feeders = atoi(words[4]);
  Random random(seed);
  struct Event {
    double time;
    int link;  // a feeder; `feeders` for one that comes out of one, one more for a fresh packet
    double size;
    bool operator<(const Event& other) const { return time > other.time; }
  };
  std::priority_queue<Event> events;
  std::vector<Link> links(feeders, Link{places, 1, {}});
  Link last{places * feeders, double(feeders), {}};
  const double end = packets / (feeders * load);
  Account first(0.05 * end, end), second(0.05 * end, end);
  for (int i = 0; i < feeders; i++) events.push({random.draw(1) / load, i, 0});
  if (cross > 0) events.push({random.draw(1) / (cross * feeders), feeders + 1, 0});
  while (events.top().time < end) {
    const Event event = events.top();
    events.pop();
    if (event.link < feeders) {
      const double size = random.draw(sizes);
      const double out = links[event.link].take(event.time, size);
      first.arrive(event.time, out < 0);
      if (out >= 0) first.leave(event.time, out - event.time);
      // Fresh traffic takes the place of as much of what comes out, chosen by chance.
      if (out >= 0 && random.uniform() >= cross / load) events.push({out, feeders, size});
      events.push({event.time + random.draw(1) / load, event.link, 0});
    } else {
      const bool isFresh = event.link > feeders;
      const double size = keeps && !isFresh ? event.size : random.draw(sizes);
      const double out = last.take(event.time, size);
      second.arrive(event.time, out < 0);
      if (out >= 0) second.leave(event.time, (out - event.time) * feeders);
      if (isFresh) events.push({event.time + random.draw(1) / (cross * feeders), feeders + 1, 0});
    }
  }
  first.print();
  second.print();
}

int main(int count, char** words) {
  if (count < 5) return std::fprintf(stderr, "see the head of packets.cpp\n"), 2;
  const std::string kind = words[1];
  if (kind == "port") port(count - 4, words + 4, atof(words[2]), strtoull(words[3], nullptr, 10));
  else if (kind == "tandem" && count == 10) tandem(words + 4, atof(words[2]), strtoull(words[3], nullptr, 10));
  else return 2;
}
