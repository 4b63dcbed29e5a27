/*
 * sandbox.h - take every right away from this process before it reads a
 * stranger's bytes.
 *
 * After sandbox_enter() the process can compute, read and write the
 * descriptors it already holds, and end.  It cannot open a file, make a
 * socket, start a program or send a signal: seccomp kills it, landlock denies
 * the file system, rlimits bound memory, processor time and file size.
 */
#pragma once

#include <stdint.h>

#include "base/rc.h"

struct sandbox_limits {
	uint64_t memory;  /* bytes of address space; 0: not limited */
	uint32_t seconds; /* of processor time */
};

/*
 * RC_FAILED when the kernel refuses seccomp: the caller must not go on.
 * Landlock is used where the kernel has it.
 */
NODISCARD enum rc sandbox_enter(struct sandbox_limits limits);
