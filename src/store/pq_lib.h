/*
 * pq_lib.h - libpq, loaded when a database on a server is first opened.
 *
 * It brings Kerberos, LDAP and two libraries of TLS with it, twenty shared
 * objects that an embedded database never calls: see base/late.h.
 */
#pragma once

#include <libpq-fe.h>

struct pq_lib {
#define PQ(function) __typeof__(function) *function;
#include "store/pq_lib.def"
#undef PQ
};

/* NULL when the library is not installed.  Any thread may ask. */
const struct pq_lib *pq_lib(void);
