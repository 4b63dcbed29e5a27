/* sandbox.c - seccomp, landlock and rlimits for the converter child. */
#include "os/sandbox.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * What reading descriptors, allocating memory and ending needs.  Everything
 * else kills the process, so a hole in a parser leads nowhere.
 */
static const int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(close),
    SCMP_SYS(brk),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sched_yield),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

/* The C library asks these; "no" is a good answer, death is not. */
static const int refused[] = {
    SCMP_SYS(newfstatat),
    SCMP_SYS(stat),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(access),
    SCMP_SYS(ioctl),
    SCMP_SYS(fcntl),
    SCMP_SYS(uname),
    SCMP_SYS(prlimit64),
};

static enum rc
limit_resources(struct sandbox_limits limits)
{
	struct rlimit none = {0, 0};
	struct rlimit seconds = {limits.seconds, limits.seconds + 1};
	struct rlimit memory = {limits.memory, limits.memory};

	if (setrlimit(RLIMIT_CORE, &none) != 0 ||
	    setrlimit(RLIMIT_NPROC, &none) != 0 ||
	    setrlimit(RLIMIT_FSIZE, &none) != 0)
		return RC_FAILED;
	if (limits.seconds && setrlimit(RLIMIT_CPU, &seconds) != 0)
		return RC_FAILED;
#ifndef __SANITIZE_ADDRESS__ /* the sanitizer maps terabytes of shadow */
	if (limits.memory && setrlimit(RLIMIT_AS, &memory) != 0)
		return RC_FAILED;
#else
	(void)memory;
#endif
	return RC_OK;
}

/* No path is granted, so every access to the file system is denied. */
static void
deny_file_system(void)
{
	struct landlock_ruleset_attr rules = {
	    .handled_access_fs =
		LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
		LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
		LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
		LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
		LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_MAKE_SOCK |
		LANDLOCK_ACCESS_FS_MAKE_FIFO,
	};
	long fd = syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);

	if (fd < 0)
		return; /* an old kernel: seccomp below still refuses open */
	(void)syscall(SYS_landlock_restrict_self, (int)fd, 0);
	(void)close((int)fd);
}

static enum rc
filter_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int failed = filter == NULL;

	for (size_t i = 0; !failed && i < COUNT_OF(allowed); i++)
		failed =
		    seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; !failed && i < COUNT_OF(refused); i++)
		failed = seccomp_rule_add(
		    filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
	failed = failed || seccomp_load(filter) != 0;
	seccomp_release(filter);
	return failed ? RC_FAILED : RC_OK;
}

enum rc
sandbox_enter(struct sandbox_limits limits)
{
	enum rc rc = limit_resources(limits);

	if (rc != RC_OK)
		return rc;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return RC_FAILED;
	deny_file_system();
	return filter_calls();
}
