// SPDX-License-Identifier: GPL-3.0-or-later
// A program that is gone when this one is, however this one ends.
//
// The program is the child of a watcher, a small process of its own that is this same executable
// under another name (Watcher.c). The watcher holds one end of a pipe, the lifeline, and this
// process the other: when that is closed, by hand or by the end of this process, kill -9 included,
// the watcher kills the program with all that came of it, and ends.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// The ends of pipes that this process holds, all of them closed on exec and, but for the lifeline,
// without blocking.
typedef struct {
  pid_t watcher;
  int lifeline;
  int input;   // to the standard input of the program
  int output;  // from its standard output
  int errors;  // from its standard error
  int report;  // what the watcher says of it
} cwatcher_program;

// What the watcher says: one letter and one number each.
enum {
  CWATCHER_LOST_FOLDER = 'F',  // the folder could not be entered; errno
  CWATCHER_NOT_STARTED = 'E',  // the program could not be started; errno
  CWATCHER_STARTED = 'S',      // 0
  CWATCHER_ENDED = 'X',        // as waitpid has it
};

typedef struct {
  int kind;
  int value;
} cwatcher_report;

// Starts words[0] with the others as its arguments, in a folder; words ends with NULL.
// Gives 0, or errno where not even the watcher could be started.
int cwatcher_start(const char *folder, char *const *words, cwatcher_program *program);

// Closes the lifeline, waits until the watcher has ended everything, and closes the other pipes.
void cwatcher_end(cwatcher_program *program);

// As write, without a signal where nobody reads any more.
ssize_t cwatcher_write(int descriptor, const void *bytes, size_t count);

// Whether a folder of PATH, as execvp goes through them, has a file of that name that may be run.
bool cwatcher_is_in_path(const char *name);
