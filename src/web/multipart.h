/*
 * multipart.h - a form that carries a file (RFC 7578), read where it lies.
 *
 * Nothing is copied: the file's bytes are part of the request's body.
 */
#pragma once

#include "web/form.h"

/*
 * The first part of this name; name of the file without folders, empty for a
 * plain field.  False when there is none or the body is not well-formed up to
 * it.
 */
bool multipart_field(
    const struct request *rq, struct str name, struct form_file *ret);
