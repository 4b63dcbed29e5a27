/*
 * views.h - the filter of a list page kept under a name: for oneself, or for
 * everybody when one may share.
 *
 * A view is an address and holds no data: whoever opens it sees what their own
 * rights show.
 *
 * BASIS: ux 0; features E3
 */
#pragma once

#include "core/access/access.h"
#include "store/q_home.h"

enum { VIEWS_MOST = 50, VIEW_NAME_MOST = 60 };

struct view_new {
	struct str page;  /* of the route table: the caller checked it */
	struct str query; /* without the question mark */
	struct str name;
	bool is_shared;
};

/* RC_INVALID names the field; RC_DENIED: may not share. */
NODISCARD enum rc view_save(struct scope *sc, const struct view_new *v);

/* One's own only; RC_NOT_FOUND otherwise. */
NODISCARD enum rc view_remove(struct scope *sc, int64_t id);
