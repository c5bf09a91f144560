/*
 * Preloaded into the processes of one part. Before a file is synced, what it holds is copied to $RUNWEIR_SYNCED_TO, under the
 * number and the time of birth of its inode, by which it is found again whatever it is called by then. What was not copied is
 * what a machine without power may lose.
 *
 * Left out, so that more is lost than would be, never less: O_SYNC and O_DSYNC, sync(2), syncfs(2), sync_file_range(2).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A sync that is not recorded would look like a loss that is nobody's fault. */
static void give_up(const char *what) {
  dprintf(STDERR_FILENO, "record-syncs: %s: %s\n", what, strerror(errno));
  abort();
}

static int open_again(const char *path, int flags) {
  int fd;
  do fd = open(path, flags | O_CLOEXEC, 0644);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static void copy_all(int from, int to) {
  char buffer[65536];
  off_t at = 0;
  for (;;) {
    ssize_t got = pread(from, buffer, sizeof buffer, at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) give_up("read");
    if (got == 0) return;
    for (ssize_t done = 0; done < got;) {
      ssize_t put = pwrite(to, buffer + done, (size_t)(got - done), at + done);
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) give_up("write");
      done += put;
    }
    at += got;
  }
}

/* `path` leads to the file, open or not. */
static void record(const char *path) {
  const char *folder = getenv("RUNWEIR_SYNCED_TO");
  if (folder == NULL) return;
  int before = errno;
  struct statx about;
  int from = open_again(path, O_RDONLY | O_NONBLOCK);
  if (from < 0) give_up(path);
  if (statx(from, "", AT_EMPTY_PATH, STATX_TYPE | STATX_INO | STATX_BTIME, &about) != 0) give_up("statx");
  if (S_ISREG(about.stx_mode)) {
    char name[4096], part[4104], lock[4104];
    int length = snprintf(name, sizeof name, "%s/%llu-%lld", folder, (unsigned long long)about.stx_ino,
                          (long long)about.stx_btime.tv_sec * 1000000000 + about.stx_btime.tv_nsec);
    if (length < 0 || (size_t)length >= sizeof name) give_up("a folder with a long name");
    snprintf(part, sizeof part, "%s.part", name);
    snprintf(lock, sizeof lock, "%s.lock", name);
    /* Two that sync one file at a time: the copy that is put in place last must have been begun last. */
    int turn = open_again(lock, O_RDWR | O_CREAT);
    if (turn < 0) give_up(lock);
    while (flock(turn, LOCK_EX) != 0)
      if (errno != EINTR) give_up("flock");
    int to = open_again(part, O_WRONLY | O_CREAT | O_TRUNC);
    if (to < 0) give_up(part);
    copy_all(from, to);
    close(to);
    if (rename(part, name) != 0) give_up("rename");
    close(turn);
  }
  close(from);
  errno = before;
}

static void record_open(int fd) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  if (fcntl(fd, F_GETFD) >= 0) record(path);
}

int fsync(int fd) {
  record_open(fd);
  return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
  record_open(fd);
  return (int)syscall(SYS_fdatasync, fd);
}

/* Of a mapped file all is recorded, not only the range. */
int msync(void *address, size_t length, int flags) {
  FILE *maps = (flags & MS_SYNC) ? fopen("/proc/self/maps", "re") : NULL;
  if (maps != NULL) {
    char line[8192];
    while (fgets(line, sizeof line, maps) != NULL) {
      uintptr_t from, to;
      int path = 0;
      if (sscanf(line, "%lx-%lx %*s %*s %*s %*s %n", &from, &to, &path) < 2 || path == 0) continue;
      if ((uintptr_t)address < from || (uintptr_t)address >= to) continue;
      line[strcspn(line, "\n")] = 0;
      if (line[path] == '/' && access(line + path, R_OK) == 0) record(line + path);
      break;
    }
    fclose(maps);
  }
  return (int)syscall(SYS_msync, address, length, flags);
}
