/* openapi.h - what the two files of the API's description share. */
#pragma once

#include "fmt/json.h"

/* "type": [one, other] */
void openapi_types(struct json *j, const char *one, const char *other);

/* What stands at #/components/…, or null. */
void openapi_or_null(struct json *j, const char *where);

/* Components: a share, the decision card, its steps, a refusal. */
void openapi_shared(struct json *j);
