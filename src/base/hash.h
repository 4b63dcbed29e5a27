/*
 * hash.h - SHA-256 of a text, in hexadecimal: of frozen inputs, of decisions,
 * of the links of the audit chain.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct str hash_hex(struct arena *mem, struct str text);
