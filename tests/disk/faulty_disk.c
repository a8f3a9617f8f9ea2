/* A disk that fails on demand, preloaded into a program (LD_PRELOAD); Linux. See __init__.py for the settings.
 *
 * Calls on a file whose path contains FAULT_PATH are counted. From the FAULT_FROM-th on (1 is the first), every
 * FAULT_EVERY-th fails with FAULT_ERRNO, or ends the process as kill -9 does where FAULT_ERRNO is "kill". FAULT_CALLS
 * names which kinds count: read, write, sync, open. Where FAULT_WHILE is given, only while that file exists.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long met;

static long number(const char *name, long otherwise) {
    const char *value = getenv(name);
    return value && *value ? atol(value) : otherwise;
}

static int fails_at(const char *path, const char *call) {
    const char *wanted = getenv("FAULT_PATH"), *calls = getenv("FAULT_CALLS"), *flag = getenv("FAULT_WHILE");
    if (!wanted || !calls || !strstr(calls, call) || !strstr(path, wanted)) return 0;
    if (flag && access(flag, F_OK) != 0) return 0;
    long count = atomic_fetch_add(&met, 1) + 1, from = number("FAULT_FROM", 1), every = number("FAULT_EVERY", 1);
    if (count < from || (count - from) % every) return 0;
    const char *error = getenv("FAULT_ERRNO");
    if (error && strcmp(error, "kill") == 0) kill(getpid(), SIGKILL);
    errno = (int)number("FAULT_ERRNO", EIO);
    return 1;
}

static int fails(int fd, const char *call) {
    char link[64], path[PATH_MAX];
    int before = errno;
    if (!getenv("FAULT_PATH")) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length < 0) return 0;
    path[length] = 0;
    return fails_at(path, call);
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t read(int fd, void *to, size_t n) { REAL(read); return fails(fd, "read") ? -1 : real(fd, to, n); }
ssize_t pread(int fd, void *to, size_t n, off_t at) { REAL(pread); return fails(fd, "read") ? -1 : real(fd, to, n, at); }
ssize_t pread64(int fd, void *to, size_t n, off64_t at) { REAL(pread64); return fails(fd, "read") ? -1 : real(fd, to, n, at); }
ssize_t write(int fd, const void *of, size_t n) { REAL(write); return fails(fd, "write") ? -1 : real(fd, of, n); }
ssize_t pwrite(int fd, const void *of, size_t n, off_t at) { REAL(pwrite); return fails(fd, "write") ? -1 : real(fd, of, n, at); }
ssize_t pwrite64(int fd, const void *of, size_t n, off64_t at) { REAL(pwrite64); return fails(fd, "write") ? -1 : real(fd, of, n, at); }
int ftruncate(int fd, off_t size) { REAL(ftruncate); return fails(fd, "write") ? -1 : real(fd, size); }
int ftruncate64(int fd, off64_t size) { REAL(ftruncate64); return fails(fd, "write") ? -1 : real(fd, size); }
int fsync(int fd) { REAL(fsync); return fails(fd, "sync") ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return fails(fd, "sync") ? -1 : real(fd); }

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if ((flags & O_ACCMODE) != O_RDONLY && fails_at(path, "open")) return -1; \
        return real(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)
