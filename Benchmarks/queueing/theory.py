# SPDX-License-Identifier: GPL-3.0-or-later
"""What queueing theory says of lines of jobs: the cases, each with its exact means."""
import math
from dataclasses import dataclass


@dataclass
class Law:
    """Of services: as scenarios write it, its mean, and the mean of its square."""
    text: str
    mean: float
    square: float


@dataclass
class Case:
    name: str
    queue: str
    servers: int
    laws: list  # of services, for each class; the first goes first
    rates: list
    exact: list
    jobs: int  # of a replication, in thousands
    measures: str = "wait"  # the response less the service; or "response"

    @property
    def load(self):
        return sum(r * law.mean for r, law in zip(self.rates, self.laws)) / self.servers

    @property
    def is_counted(self):
        """A plain line of exponential services, of which the number in it tells all."""
        return self.queue == "fcfs" and self.laws[0].square == 2 * self.laws[0].mean ** 2


def exponential(mean):
    return Law(f"{{exponential: {mean:g} s}}", mean, 2 * mean ** 2)


def fixed(length):
    return Law(f"{{fixed: {length:g} s}}", length, length ** 2)


def lognormal(variation):
    return Law(f"{{lognormal: {{mean: 1 s, variation: {variation:g}}}}}", 1, 1 + variation ** 2)


def erlang_c(servers, load):
    blocking = 1.0
    for n in range(1, servers + 1):
        blocking = load * blocking / (n + load * blocking)
    return blocking / (1 - load / servers * (1 - blocking))


def m_m_c(servers, rate):
    """A. K. Erlang, 1917; services of a second."""
    return erlang_c(servers, rate) / (servers - rate)


def m_g_1(rate, law):
    """F. Pollaczek and A. Khinchine, 1930."""
    return rate * law.square / 2 / (1 - rate * law.mean)


def ranks(residual, loads):
    """A. Cobham, 1954: classes one after the other, whoever runs is left to run."""
    waits, before = [], 0.0
    for load in loads:
        waits.append(residual / (1 - before) / (1 - before - load))
        before += load
    return waits


def m_m_c_ranks(servers, rates):
    return ranks(erlang_c(servers, sum(rates)) / servers, [rate / servers for rate in rates])


def m_m_c_stops(servers, rates):
    """Who is more urgent sees nothing of the others: the first k classes are a line of their own."""
    waits, before, held = [], 0.0, 0.0
    for rate in rates:
        before += rate
        all_of_them = before * m_m_c(servers, before)
        waits.append((all_of_them - held) / rate)
        held = all_of_them
    return waits


def m_g_1_ranks(rates, laws):
    residual = sum(r * law.square for r, law in zip(rates, laws)) / 2
    return ranks(residual, [r * law.mean for r, law in zip(rates, laws)])


def m_g_1_stops(rates, laws):
    """Preemptive and resumed, by L. Kleinrock, Queueing Systems 2 (1976), 3.6: all but the service."""
    waits, before, residual = [], 0.0, 0.0
    for rate, law in zip(rates, laws):
        residual += rate * law.square / 2
        total = before + rate * law.mean
        waits.append((law.mean * (1 - total) + residual) / (1 - before) / (1 - total) - law.mean)
        before = total
    return waits


def shortest_first(rate):
    """T. E. Phipps, 1956: exponential services of a second, known ahead; by Simpson's rule."""
    def done(x):
        return rate * (1 - math.exp(-x) * (1 + x))
    def wait(x):
        return rate / (1 - done(x)) ** 2 * math.exp(-x)
    steps, end = 20000, 60.0
    width = end / steps
    return width / 3 * sum(
        wait(i * width) * (1 if i in (0, steps) else 4 if i % 2 else 2) for i in range(steps + 1))


EXP, FIX = exponential(1), fixed(1)
# C. D. Crommelin, 1932, from the distribution of the number in the system to 50 digits.
CROMMELIN = [(2, 0.7, 0.49361046254184089, 20), (4, 0.8, 0.3860949308469169, 20),
             (8, 0.9, 0.4499732594358261, 30), (16, 0.9, 0.19246703120568464, 30)]


def first_come():
    for c, load, jobs in ((1, 0.5, 18), (1, 0.9, 60), (2, 0.8, 30), (4, 0.7, 36), (8, 0.9, 40),
                          (16, 0.95, 120), (64, 0.9, 70), (256, 0.98, 1000)):
        yield Case(f"M/M/{c}, load {load:g}", "fcfs", c, [EXP], [c * load], [m_m_c(c, c * load)], jobs)
    yield Case("M/M/4, load 0.85, services of 4 s", "fcfs", 4, [exponential(4)], [0.85],
               [4 * m_m_c(4, 3.4)], 40)
    for load, jobs in ((0.5, 30), (0.7, 24), (0.9, 20)):
        yield Case(f"M/D/1, load {load:g}", "fcfs", 1, [FIX], [load], [m_g_1(load, FIX)], jobs)
    for c, load, exact, jobs in CROMMELIN:
        yield Case(f"M/D/{c}, load {load:g}", "fcfs", c, [FIX], [c * load], [exact], jobs)
    for load, variation in ((0.7, 2), (0.9, 1)):
        law = lognormal(variation)
        yield Case(f"M/G/1, lognormal of variation {variation}, load {load:g}", "fcfs", 1, [law], [load],
                   [m_g_1(load, law)], 60)


def shared():
    """Insensitive to the law of services: E S / (1 - rho), and with more servers as M/M/c."""
    for load, law, word, jobs in ((0.5, EXP, "M/M/1", 6), (0.8, exponential(2), "M/M/1", 18),
                                  (0.9, EXP, "M/M/1", 60), (0.8, lognormal(1), "M/G/1", 24)):
        yield Case(f"{word} shared, load {load:g}", "processor-sharing", 1, [law], [load / law.mean],
                   [law.mean / (1 - load)], jobs, "response")
    for c, load, jobs in ((4, 0.7, 6), (16, 0.9, 20)):
        yield Case(f"M/M/{c} shared, load {load:g}", "processor-sharing", c, [EXP], [c * load],
                   [1 + m_m_c(c, c * load)], jobs, "response")


def by_priority():
    """Jobs of a replication that are let run, and of one in which others stop them."""
    for c, rates, jobs in ((1, [0.3, 0.4], (44, 12)), (4, [1.0, 1.0, 1.4], (180, 40)),
                           (16, [4.0, 6.0, 4.5], (310, 50))):
        name = f"M/M/{c}, {'two' if len(rates) == 2 else 'three'} priorities"
        laws = [EXP] * len(rates)
        yield Case(name, "priority", c, laws, rates, m_m_c_ranks(c, rates), jobs[0])
        yield Case(f"{name}, with stops", "preemptive", c, laws, rates,
                   [1 + wait for wait in m_m_c_stops(c, rates)], jobs[1], "response")
    for name, laws, rates, jobs in (
        ("two priorities, exponential", [exponential(1), exponential(5)], [0.2, 0.1], (40, 16)),
        ("three priorities, fixed", [fixed(1), fixed(4), fixed(10)], [0.3, 0.05, 0.02], (160, 12))):
        name = f"M/G/1, {name} services"
        yield Case(name, "priority", 1, laws, rates, m_g_1_ranks(rates, laws), jobs[0])
        yield Case(f"{name}, with stops", "preemptive", 1, laws, rates,
                   [law.mean + wait for law, wait in zip(laws, m_g_1_stops(rates, laws))], jobs[1], "response")
    for load, jobs in ((0.7, 12), (0.9, 36)):
        yield Case(f"M/M/1, shortest first, load {load:g}", "sjf", 1, [EXP], [load], [shortest_first(load)],
                   jobs)


CASES = [*first_come(), *shared(), *by_priority()]
