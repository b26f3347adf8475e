# SPDX-License-Identifier: GPL-3.0-or-later
"""The mean of what jobs of a run took, and controls: sums whose exact mean is nought.

As job n is submitted, what came before is settled, and neither its service S_n nor the gap A_n to the
next job depends on it. So for each g of what came before, the sums over jobs of

    g (S_n - E S)    and    g (A_n - E A)

have the mean nought, whatever a simulator makes of these jobs. Here g is 1, the wait W_n and the work
V_n that a plain first-come line of as many servers would have, made of what jobs bring alone; beside
them stand S^2 - E S^2, A^2 - E A^2 and (S - E S) (A - E A). Waits rise and fall with these sums. By
linear regression over replications what is due to them is taken out of the mean (S. S. Lavenberg and
P. D. Welch, Management Science 27, 1981): the interval is that of the intercept, by Student's t of
R - k - 1 degrees for k controls. A line that is a per cent too slow is off by it with controls, too.

Of exponential services, more is known: while n jobs are in such a plain first-come line of c servers,
one comes at the rate l and one leaves at min(n, c) / E S, whatever came before. So for each f of n,

    sum of f(n) over who comes - sum of f(n - 1) over who leaves - integral of
    l f(n) - min(n, c) / E S f(n - 1)

has the mean nought as well (P. Bremaud, Point Processes and Queues, 1981, chapter II). What one more
in the line costs those behind it rises with n as 1 / B(n) to c, B Erlang's loss of n servers, and as a
line from there on: with f of these three shapes, what is left of the variance falls with the square of
how long a replication is, and no longer with how long it is.
"""
import math
from collections import deque
from heapq import heappop, heappush, heapreplace


def read(path):
    """Rows (submitted, service asked for, turnaround, class), in order of submission."""
    rows = []
    with open(path) as file:
        next(file)
        for line in file:
            cell = line.split(",", 13)
            rows.append((float(cell[3]), float(cell[5]), float(cell[12] or "nan"), int(cell[1][1:])))
    rows.sort()
    return rows


class Line:
    """A plain first-come line: the wait of who comes now, and the work that all before have left."""

    def __init__(self, servers):
        self.free = [0.0] * servers
        self.running, self.ends = [], 0.0
        self.waiting, self.work = deque(), 0.0

    def look(self, now):
        waiting, running = self.waiting, self.running
        while waiting and waiting[0][0] <= now:
            start, end = waiting.popleft()
            heappush(running, end)
            self.ends += end
            self.work -= end - start
        while running and running[0] <= now:
            self.ends -= heappop(running)
        return max(0.0, self.free[0] - now), self.work + self.ends - len(running) * now

    def add(self, now, wait, length):
        start = now + wait
        heapreplace(self.free, start + length)
        if wait > 0:
            self.waiting.append((start, start + length))
            self.work += length
        else:
            heappush(self.running, start + length)
            self.ends += start + length


def controls(rows, servers, begin, end, moments, rate):
    """Sums over the jobs of one stream that are submitted from `begin` to `end`.

    The jobs are chosen by their submission alone, and the gap behind the last counts whole.
    """
    service, square, gap = moments[0], moments[1], 1 / rate
    line, sums = Line(servers), [0.0] * 11
    for row, following in zip(rows, rows[1:]):
        now, length = row[0], row[1]
        if now > end:
            break
        wait, work = line.look(now)
        if now >= begin:
            work /= servers
            a, s = following[0] - now, length - service
            sums[8] += length * length - square
            sums[9] += a * a - 2 * gap * gap
            a -= gap
            sums[0] += s
            sums[1] += a
            sums[2] += work * s
            sums[3] += work * a
            sums[10] += s * a
            if servers > 1:
                squared = work * work
                sums[4] += wait * s
                sums[5] += wait * a
                sums[6] += squared * s
                sums[7] += squared * a
        line.add(now, wait, length)
    return sums


def shapes(servers, load):
    """1 / B(n) up to c, as a part of 1 / B(c), with n from 0."""
    found = [1.0]
    for n in range(1, servers + 1):
        found.append(1 + n / load * found[-1])
    return [x / found[-1] for x in found]


def counted(rows, servers, begin, end, mean, rate):
    """Sums over who comes and who leaves from `begin` to `end`, less what was due."""
    rising = shapes(servers, rate * mean)
    free, ends = [0.0] * servers, []
    sums, number, last = [0.0] * 3, 0, begin
    def passes(until, step):
        """Time with as many in line; then one comes (1) or leaves (-1)."""
        nonlocal number, last
        n, c = number, servers
        number += step
        if until <= begin:
            return
        time, last = until - last, until
        serving = min(n, c) / mean
        at = n if step > 0 else n - 1
        below = rising[n - 1] if 0 < n <= c else 0.0
        sums[0] -= time * (rate * (rising[n] if n < c else 0.0) - serving * below)
        if at < c:
            sums[0] += step * rising[at]
        else:
            sums[1] += step
            sums[2] += step * (at - c)
        if n >= c:
            sums[1] -= time * (rate - (serving if n > c else 0.0))
            sums[2] -= time * (rate * (n - c) - (serving * (n - c - 1) if n > c else 0.0))
    for row in rows:
        now, length = row[0], row[1]
        while ends and ends[0] <= now:
            if ends[0] > end:
                break
            passes(heappop(ends), -1)
        if now > end:
            break
        passes(now, 1)
        done = max(now, free[0]) + length
        heapreplace(free, done)
        heappush(ends, done)
    return sums


def replication(path, case, warm_up, jobs):
    """The mean of each class over `jobs` jobs behind a warm-up, and the controls over them."""
    rows = read(path)
    window = rows[warm_up : warm_up + jobs]
    begin, end = window[0][0], window[-1][0]
    classes, found = len(case.rates), []
    sums, counts = [0.0] * classes, [0] * classes
    for _, service, turnaround, kind in window:
        sums[kind - 1] += turnaround - (0 if case.measures == "response" else service)
        counts[kind - 1] += 1
    if case.is_counted:
        found = counted(rows, case.servers, begin, end, case.laws[0].mean, case.rates[0])
        found.append(end - begin - (jobs - 1) / case.rates[0])
        return [sums[0] / jobs], [x / jobs for x in found]
    for level in range(1, classes + 1):
        rate = sum(case.rates[:level])
        mixed = list(zip(case.rates, case.laws))[:level]
        moments = [sum(r * law.mean for r, law in mixed) / rate,
                   sum(r * law.square for r, law in mixed) / rate]
        among = rows if level == classes else [row for row in rows if row[3] <= level]
        found += [x / jobs for x in controls(among, case.servers, begin, end, moments, rate)]
    return [s / n for s, n in zip(sums, counts)], found


def solve(matrix, right):
    """Gauss and Jordan, with the greatest pivot; columns that depend on others get nought."""
    size = len(matrix)
    rows = [list(matrix[i]) + [float(i == j) for j in range(size)] + [right[i]] for i in range(size)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(rows[i][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [x / head for x in rows[column]]
        for other in range(size):
            if other != column and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [x - factor * y for x, y in zip(rows[other], rows[column])]
    return [row[-1] for row in rows], [row[size:-1] for row in rows]


def intercept(values, table):
    """What is left of the mean of values where all controls are nought, and its standard error."""
    runs = len(values)
    # Controls that are always nought, as those of fixed services, are none.
    columns = [c for c in range(len(table[0])) if any(abs(row[c]) > 1e-6 for row in table)]
    scales = [math.sqrt(sum(row[c] ** 2 for row in table) / runs) for c in columns]
    design = [[1.0] + [row[c] / s for c, s in zip(columns, scales)] for row in table]
    size = len(design[0])
    normal = [[sum(x[i] * x[j] for x in design) for j in range(size)] for i in range(size)]
    right = [sum(x[i] * y for x, y in zip(design, values)) for i in range(size)]
    weights, inverse = solve(normal, right)
    left = sum((y - sum(w * z for w, z in zip(weights, x))) ** 2 for x, y in zip(design, values))
    return weights[0], math.sqrt(left / (runs - size) * inverse[0][0]), runs - size


def student(degrees, level=0.999):
    """The two-sided quantile of Student's t, by Simpson's rule and halving."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(
        degrees * math.pi)
    def inside(t, steps=2000):
        h = t / steps
        return 2 * h / 3 * sum(
            (1 if i in (0, steps) else 4 if i % 2 else 2)
            * scale * (1 + (i * h) ** 2 / degrees) ** (-(degrees + 1) / 2) for i in range(steps + 1))
    low, high = 0.0, 700.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle) < level else (low, middle)
    return low
