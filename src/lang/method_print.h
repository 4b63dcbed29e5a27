/* method_print.h - pieces of the canonical form, for traces and differences. */
#pragma once

#include "base/buf.h"
#include "lang/method_tree.h"

/* names: what the variables of the slots are called; NULL where none are. */
void print_expr(struct buf *b, const struct method *m, const struct expr *e,
    const struct str *names);
void print_each(struct buf *b, const struct method *m, const struct expr *e,
    const struct str *names);
void print_value(struct buf *b, struct ratio r, bool is_share);
