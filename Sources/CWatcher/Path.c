// SPDX-License-Identifier: GPL-3.0-or-later
#include "CWatcher.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has(const char *folder, size_t length, const char *name) {
  char file[4096];
  // An empty folder is the one that the process is in.
  int count = length == 0 ? snprintf(file, sizeof file, "./%s", name)
                          : snprintf(file, sizeof file, "%.*s/%s", (int)length, folder, name);
  struct stat status;
  return count > 0 && (size_t)count < sizeof file && stat(file, &status) == 0
         && S_ISREG(status.st_mode) && access(file, X_OK) == 0;
}

bool cwatcher_is_in_path(const char *name) {
  const char *path = getenv("PATH");
  if (!path) path = "/bin:/usr/bin";
  for (;;) {
    size_t length = strcspn(path, ":");
    if (has(path, length, name)) return true;
    if (path[length] == 0) return false;
    path += length + 1;
  }
}
