// SPDX-License-Identifier: GPL-3.0-or-later
// The watcher: starts a program, says what becomes of it, and kills it when nobody holds the other
// end of the lifeline any more.
//
// A process of its own, because nothing in a process that is killed by kill -9 runs any more. A
// signal at the death of the parent (PR_SET_PDEATHSIG) alone would not do: it is sent when the
// thread ends that started the program, and children of the program do not inherit it. This
// executable again, and not a fork that goes on: a fork would keep a copy of the memory of a run.
#define _GNU_SOURCE
#include "CWatcher.h"
#include "Watcher.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LIFELINE = 3, REPORT = 4, FIRST_OTHER = 5 };

static void say(int kind, int value) {
  cwatcher_report report = {kind, value};
  // Less than a pipe takes at once; whoever should read it may be gone.
  ssize_t written = write(REPORT, &report, sizeof report);
  (void)written;
}

// Whatever the shell that started this program has left open is nobody's business here.
static void close_others(void) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, FIRST_OTHER, ~0U, 0) == 0) return;
#endif
  struct rlimit limit;
  int most = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536
                 ? (int)limit.rlim_cur
                 : 65536;
  for (int descriptor = FIRST_OTHER; descriptor < most; descriptor++) close(descriptor);
}

static void become_program(const char *folder, char **words, pid_t watcher, int failures) {
  cwatcher_report failure = {CWATCHER_NOT_STARTED, 0};
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  // Should somebody kill the watcher, which has one thread.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != watcher) _exit(127);
  setpgid(0, 0);
  close(LIFELINE);
  close(REPORT);
  if (chdir(folder) != 0) {
    failure.kind = CWATCHER_LOST_FOLDER;
  } else {
    execvp(words[0], words);
  }
  failure.value = errno;
  ssize_t written = write(failures, &failure, sizeof failure);
  (void)written;
  _exit(127);
}

// The program; 0 where it could not be started, which has been said then.
static pid_t start(const char *folder, char **words) {
  int failures[2];
  pid_t watcher = getpid();
  if (pipe2(failures, O_CLOEXEC) != 0) {
    say(CWATCHER_NOT_STARTED, errno);
    return 0;
  }
  pid_t program = fork();
  if (program == 0) become_program(folder, words, watcher, failures[1]);
  if (program < 0) {
    say(CWATCHER_NOT_STARTED, errno);
    return 0;
  }
  close(failures[1]);
  cwatcher_report failure;
  ssize_t count;
  while ((count = read(failures[0], &failure, sizeof failure)) < 0 && errno == EINTR) {}
  close(failures[0]);
  if (count == sizeof failure) {
    while (waitpid(program, NULL, 0) < 0 && errno == EINTR) {}
    say(failure.kind, failure.value);
    return 0;
  }
  say(CWATCHER_STARTED, 0);
  return program;
}

// Only the program is to hold its streams, so that their other ends tell when it closes them.
static void leave_streams(void) {
  int nothing = open("/dev/null", O_RDWR);
  for (int stream = 0; stream < 3; stream++) {
    if (nothing >= 0) {
      dup2(nothing, stream);
    } else {
      close(stream);
    }
  }
  if (nothing > 2) close(nothing);
}

// Gives what waits to be taken in; says whether the program is among it.
static int reap(pid_t program) {
  int status, has_ended = 0;
  pid_t ended;
  while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
    if (ended != program) continue;
    say(CWATCHER_ENDED, status);
    has_ended = 1;
  }
  return has_ended;
}

// Returns once the program has ended, or nobody wants it any more.
static void watch(pid_t program, int children) {
  struct pollfd polled[] = {{LIFELINE, POLLIN, 0}, {children, POLLIN, 0}};
  for (;;) {
    if (poll(polled, 2, -1) < 0 && errno != EINTR) return;
    if (polled[1].revents) {
      struct signalfd_siginfo info;
      ssize_t count = read(children, &info, sizeof info);
      (void)count;
      if (reap(program)) return;
    }
    if (polled[0].revents) return;
  }
}

// What has left the group of the program became a child of the watcher when its parent ended.
static void kill_children(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
  FILE *list = fopen(path, "re");
  if (!list) return;
  int child;
  while (fscanf(list, "%d", &child) == 1) kill(child, SIGKILL);
  fclose(list);
}

static void kill_all(pid_t program) {
  struct timespec moment = {0, 1000000};
  // Five seconds: what can't be killed, such as a read of a network disk that is gone, is left.
  for (int round = 0; round < 5000; round++) {
    kill(-program, SIGKILL);
    kill_children();
    pid_t ended;
    while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) {}
    if (ended < 0 && errno == ECHILD) return;
    nanosleep(&moment, NULL);
  }
}

static void live(const char *folder, char **words) {
  // In a session of its own: Ctrl-C and the end of a terminal concern the other process.
  setsid();
  prctl(PR_SET_NAME, "cpnsim-watcher");
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  signal(SIGPIPE, SIG_IGN);
  close_others();
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child, NULL);
  int children = signalfd(-1, &child, SFD_CLOEXEC);
  pid_t program = start(folder, words);
  leave_streams();
  if (program > 0) {
    if (children >= 0) watch(program, children);
    kill_all(program);
  }
}

// Before anything else of the executable: a watcher is no run, and needs none of it.
__attribute__((constructor)) static void watch_if_named_so(int count, char **words) {
  if (count < 3 || strcmp(words[0], WATCHER_NAME) != 0) return;
  live(words[1], words + 2);
  _exit(0);
}
