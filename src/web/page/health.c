/* health.c - whether the database answers, for whoever watches the server. */
#include "web/page/pages.h"

enum rc
page_health(struct visit *v, struct reply *rp)
{
	int schema;
	enum rc rc = db_schema(v->scope.db, &schema);

	if (rc != RC_OK)
		return rc;
	rp->type = S("text/plain; charset=utf-8");
	buf_fmt(&rp->body, "ok, schema %d\n", schema);
	return RC_OK;
}
