/*
 * names.h - when two spellings mean one school.
 *
 * «МБОУ "СОШ №1" г. Тихополь», «СОШ № 1» and «Средняя общеобразовательная
 * школа 1» are one school; «СОШ № 1» and «СОШ № 10» are not.  Legal form,
 * quotes, signs and the order of words do not matter; numbers do.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

/* The spelling without what does not matter: "сош 1". */
struct str school_name_key(struct arena *mem, struct str name);

/* ФИС ОКО logins: edu77171506 and sch77171506 are one; the digits count. */
struct str school_login_key(struct arena *mem, struct str login);

/* Codes lose leading zeros and gain ".0" in spreadsheets. */
struct str school_code_key(struct arena *mem, struct str code);

/*
 * How alike two name keys are, 0…100.  100: the same words.  Keys with
 * different numbers, or with no common word of meaning, give 0.
 */
int school_name_likeness(struct str a, struct str b);
