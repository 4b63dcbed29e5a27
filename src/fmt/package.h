/*
 * package.h - a ZIP container of XML parts (XLSX, DOCX, ODS, ODT), read from
 * an open descriptor within limits.
 *
 * The container belongs to a stranger: what it unpacks to is counted as it
 * comes out, never believed; a part with a DOCTYPE is refused, so there are no
 * entities to expand; nesting is bounded.  Every failure adds one complaint.
 *
 * Names of elements and attributes come without their prefix ("w:p" is "p").
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/rc.h"
#include "base/str.h"

struct package;

/* One part as a stream of events; any of the calls may be NULL. */
struct xml_sink {
	void *ctx;
	void (*start)(void *ctx, const char *name, const char **attributes);
	void (*end)(void *ctx, const char *name);
	void (*text)(void *ctx, struct str text);
};

/* unpacked: bytes out of the whole container.  RC_INVALID or RC_LIMIT. */
NODISCARD enum rc package_open(int fd, uint64_t unpacked, struct arena *mem,
    struct diag *d, struct package **ret);
void package_closep(struct package **p);

#define autopackage CLEANUP(package_closep) struct package *

/* Names of parts are matched as OPC wants it: the case of letters is free. */
bool package_has(struct package *p, const char *part);
bool package_has_folder(struct package *p, const char *prefix);

/* The first bytes of a part, at most n; 0 when there is none. */
size_t package_peek(struct package *p, const char *part, char *out, size_t n);

/*
 * Reads the part from its beginning to its end or to package_stop().
 * RC_NOT_FOUND (no complaint) when there is no such part.
 */
NODISCARD enum rc package_xml(
    struct package *p, const char *part, const struct xml_sink *sink);

/* From inside a call: no more events; package_xml() returns rc. */
void package_stop(struct package *p, enum rc rc);

/* The value of an attribute by its name without prefix, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

/* OpenDocument says in its manifest which parts are under a password. */
NODISCARD enum rc odf_check_password(struct package *p, struct diag *d);

/*
 * One relation of OPC: "xl/_rels/workbook.xml.rels" gives for rId3 its kind
 * (the last word of its type: "worksheet") and the name of the part.
 */
struct relation {
	struct str id;
	struct str kind;
	const char *part;
};

struct relations {
	struct relation *all;
	size_t n;
};

/* of: the part whose relations are asked; "" for the whole container. */
NODISCARD enum rc package_relations(struct package *p, const char *of,
    struct arena *mem, struct relations *ret);

/* By id or by kind; NULL when there is none. */
const struct relation *relation_by_id(const struct relations *r, struct str id);
const struct relation *relation_by_kind(
    const struct relations *r, struct str kind);
