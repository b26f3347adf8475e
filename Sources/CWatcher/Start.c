// SPDX-License-Identifier: GPL-3.0-or-later
// The side of the process that wants a program: starting a watcher, and ending it.
#define _GNU_SOURCE
#include "CWatcher.h"
#include "Watcher.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// Above the numbers that the watcher has its ends at, so that none is copied over another.
enum { LOWEST = 16, PIPES = 5 };

static void close_all(int ends[PIPES][2]) {
  for (int i = 0; i < PIPES; i++)
    for (int side = 0; side < 2; side++)
      if (ends[i][side] >= 0) close(ends[i][side]);
}

static int raised(int descriptor) {
  if (descriptor >= LOWEST) return descriptor;
  int other = fcntl(descriptor, F_DUPFD_CLOEXEC, LOWEST);
  int code = errno;
  close(descriptor);
  errno = code;
  return other;
}

static int open_all(int ends[PIPES][2]) {
  for (int i = 0; i < PIPES; i++) ends[i][0] = ends[i][1] = -1;
  for (int i = 0; i < PIPES; i++) {
    // Closed on exec from the first moment: another thread may be starting something else.
    if (pipe2(ends[i], O_CLOEXEC) != 0) return errno;
    for (int side = 0; side < 2; side++)
      if ((ends[i][side] = raised(ends[i][side])) < 0) return errno;
  }
  return 0;
}

static char **watcher_words(const char *folder, char *const *words) {
  size_t count = 0;
  while (words[count]) count++;
  char **all = calloc(count + 3, sizeof *all);
  if (!all) return NULL;
  all[0] = WATCHER_NAME;
  all[1] = (char *)folder;
  memcpy(all + 2, words, count * sizeof *all);
  return all;
}

// Signals as a program expects them: this thread may block some, and the tool ignores SIGPIPE.
static void reset_signals(posix_spawnattr_t *attributes) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn(pid_t *pid, char **words, const int theirs[PIPES]) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  for (int i = 0; i < PIPES; i++) posix_spawn_file_actions_adddup2(&actions, theirs[i], i);
  reset_signals(&attributes);
  int code = posix_spawn(pid, "/proc/self/exe", &actions, &attributes, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return code;
}

int cwatcher_start(const char *folder, char *const *words, cwatcher_program *program) {
  int ends[PIPES][2];
  int code = open_all(ends);
  char **all = watcher_words(folder, words);
  if (code == 0 && !all) code = ENOMEM;
  // Input and lifeline are read on the other side, the rest is written there.
  int theirs[PIPES] = {ends[0][0], ends[1][1], ends[2][1], ends[3][0], ends[4][1]};
  if (code == 0) code = spawn(&program->watcher, all, theirs);
  free(all);
  if (code != 0) {
    close_all(ends);
    return code;
  }
  for (int i = 0; i < PIPES; i++) close(theirs[i]);
  program->input = ends[0][1];
  program->output = ends[1][0];
  program->errors = ends[2][0];
  program->lifeline = ends[3][1];
  program->report = ends[4][0];
  int ours[] = {program->input, program->output, program->errors, program->report};
  for (int i = 0; i < 4; i++) fcntl(ours[i], F_SETFL, O_NONBLOCK);
  return 0;
}

void cwatcher_end(cwatcher_program *program) {
  close(program->lifeline);
  while (waitpid(program->watcher, NULL, 0) < 0 && errno == EINTR) {}
  if (program->input >= 0) close(program->input);
  close(program->output);
  close(program->errors);
  close(program->report);
}

ssize_t cwatcher_write(int descriptor, const void *bytes, size_t count) {
  sigset_t pipe, before, pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  ssize_t written = write(descriptor, bytes, count);
  int code = errno;
  if (written < 0 && code == EPIPE && !sigismember(&before, SIGPIPE)) {
    // It is pending for this thread now, unless it is ignored.
    sigpending(&pending);
    struct timespec now = {0, 0};
    if (sigismember(&pending, SIGPIPE))
      while (sigtimedwait(&pipe, NULL, &now) < 0 && errno == EINTR) {}
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = code;
  return written;
}
