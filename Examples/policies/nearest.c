// SPDX-License-Identifier: GPL-3.0-or-later
// The nearest pool where a job could start at once; where there is none, the nearest of all.
//
//   cc -O2 -o nearest nearest.c
//   placement: {command: [./nearest]}
//
// It reads JSON in place, without a library: a pointer goes from value to value. It looks for the next
// question for a moment before it sleeps until one comes, since to be woken takes longer than to answer.
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const char *text;
  size_t length;
} Span;

typedef struct {
  Span id;
  long free, queued;
} Pool;

static Pool *pools;
static size_t pool_count, *table, table_size;

// --- JSON -----------------------------------------------------------------------------------------

static const char *blanks(const char *p) {
  while (*p == ' ' || *p == '\t' || *p == '\r') p++;
  return p;
}

// Behind the text that begins with a quote here.
static const char *behind_text(const char *p) {
  for (p++; *p && *p != '"'; p++) {
    p += strcspn(p, "\"\\");
    if (*p != '\\') break;
    if (p[1]) p++;
  }
  return *p ? p + 1 : p;
}

// Behind a value of any kind.
static const char *behind(const char *p) {
  int depth = 0;
  p = blanks(p);
  if (*p == '"') return behind_text(p);
  for (;; p++) {
    // What says where a value ends, or that a text begins, in which such signs mean nothing.
    p += strcspn(p, "\"{}[],\n");
    if (*p == '"') p = behind_text(p) - 1;
    if (*p == '{' || *p == '[') depth++;
    if (*p == '}' || *p == ']') {
      if (depth == 0) return p;
      if (--depth == 0) return p + 1;
    }
    if (!*p || *p == '\n' || (depth == 0 && *p == ',')) return p;
  }
}

// The next member of the object whose inside begins here; NULL at its end. The value is at *value.
static const char *member(const char *p, Span *key, const char **value) {
  p = blanks(p);
  if (*p == ',' || *p == '{') p = blanks(p + 1);
  if (*p != '"') return NULL;
  const char *end = behind_text(p);
  *key = (Span){p + 1, (size_t)(end - p) - 2};
  *value = blanks(blanks(end) + 1);
  return behind(*value);
}

// The next element of a list; NULL at its end.
static const char *element(const char *p, const char **value) {
  p = blanks(p);
  if (*p == ',' || *p == '[') p = blanks(p + 1);
  if (*p == ']' || !*p) return NULL;
  *value = p;
  return behind(p);
}

static int is(Span key, const char *name) {
  return key.length == strlen(name) && memcmp(key.text, name, key.length) == 0;
}

static Span text_at(const char *p) { return (Span){p + 1, (size_t)(behind_text(p) - p) - 2}; }

// --- Pools ----------------------------------------------------------------------------------------

static size_t place_of(Span id) {
  size_t hash = 14695981039346656037u;
  for (size_t i = 0; i < id.length; i++) hash = (hash ^ (unsigned char)id.text[i]) * 1099511628211u;
  for (size_t at = hash % table_size;; at = (at + 1) % table_size) {
    if (table[at] == 0) return at;
    Span known = pools[table[at] - 1].id;
    if (known.length == id.length && memcmp(known.text, id.text, id.length) == 0) return at;
  }
}

static Pool *find(Span id) {
  size_t index = table[place_of(id)];
  if (index == 0) exit(3);
  return &pools[index - 1];
}

static void learn(const char *list) {
  const char *at = list, *entry, *value;
  size_t count = 0;
  while ((at = element(at, &entry))) count++;
  pools = calloc(count, sizeof *pools);
  table_size = 4 * count + 1;
  table = calloc(table_size, sizeof *table);
  at = list;
  while ((at = element(at, &entry))) {
    Span key;
    for (const char *p = entry; (p = member(p, &key, &value));) {
      if (!is(key, "id")) continue;
      Span id = text_at(value);
      pools[pool_count].id = (Span){strndup(id.text, id.length), id.length};
      table[place_of(pools[pool_count].id)] = pool_count + 1;
      pool_count++;
    }
  }
}

static void update(const char *list) {
  const char *at = list, *entry, *value;
  while ((at = element(at, &entry))) {
    Pool *pool = NULL;
    Span key;
    for (const char *p = entry; (p = member(p, &key, &value));) {
      if (is(key, "id")) pool = find(text_at(value));
      if (pool && is(key, "free")) pool->free = strtol(value, NULL, 10);
      if (pool && is(key, "queued")) pool->queued = strtol(value, NULL, 10);
    }
  }
}

// --- Decisions ------------------------------------------------------------------------------------

static Span choose(const char *candidates, long accelerators) {
  const char *at = candidates, *value;
  Span first = {"", 0};
  while ((at = element(at, &value))) {
    Span id = text_at(value);
    if (first.length == 0) first = id;
    Pool *pool = find(id);
    if (pool->queued == 0 && pool->free >= accelerators) return id;
  }
  return first;
}

static void place(const char *job) {
  const char *value, *candidates = "", *name = "";
  long accelerators = 0;
  Span key;
  for (const char *p = job; (p = member(p, &key, &value));) {
    if (is(key, "job")) name = value;
    if (is(key, "accelerators")) accelerators = strtol(value, NULL, 10);
    if (is(key, "candidates")) candidates = value;
  }
  Span pool = choose(candidates, accelerators);
  // For the next job of the same question.
  find(pool)->free -= accelerators;
  // Names go back as they came, with their quotes and escapes.
  printf("{\"job\":%.*s,\"pool\":\"%.*s\"}", (int)(behind_text(name) - name), name,
      (int)pool.length, pool.text);
}

static void answer(const char *q, const char *jobs) {
  const char *job;
  printf("{\"type\":\"answer\",\"q\":%ld,\"place\":[", strtol(q, NULL, 10));
  for (int count = 0; (jobs = element(jobs, &job)); count++) {
    if (count > 0) putchar(',');
    place(job);
  }
  printf("]}\n");
  fflush(stdout);
}

// The type is the first member of every message, so that the others can be taken as they come.
static void take(const char *line) {
  const char *value, *q = "";
  Span key, type = {"", 0};
  for (const char *p = line; *p;) {
    p = blanks(p);
    if (*p == ',' || *p == '{') p = blanks(p + 1);
    if (*p != '"') return;
    const char *end = behind_text(p);
    key = (Span){p + 1, (size_t)(end - p) - 2};
    value = blanks(blanks(end) + 1);
    if (is(key, "type")) type = text_at(value);
    if (is(key, "q")) q = value;
    if (is(key, "pools") && is(type, "changed")) return update(value);
    if (is(key, "jobs")) return answer(q, value);
    if (is(key, "pools") && is(type, "hello")) {
      learn(value);
      puts("{\"type\":\"hello\",\"v\":1,\"answers\":[\"placement\"]}");
      fflush(stdout);
      return;
    }
    p = behind(value);
  }
}

// --- Lines ----------------------------------------------------------------------------------------

static char *text;
static size_t used, capacity;

// Reads a piece of what comes next; 0 at the end. Looks of some 0.2 microseconds go before it sleeps.
static int more(void) {
  if (capacity - used < 1 << 16) text = realloc(text, capacity = 2 * capacity + (1 << 17));
  struct pollfd input = {0, POLLIN, 0};
  for (int looks = 0;; looks++) {
    ssize_t count = read(0, text + used, capacity - used - 1);
    if (count > 0) used += (size_t)count;
    if (count >= 0) return count > 0;
    if (looks >= 100) poll(&input, 1, -1);
  }
}

int main(void) {
  fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
  while (more()) {
    // A piece ends with the last of its lines, unless that is long.
    if (text[used - 1] != '\n') continue;
    text[used] = 0;
    for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) take(line);
    used = 0;
  }
  free(text);
  return 0;
}
