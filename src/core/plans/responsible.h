/*
 * responsible.h - who answers for a measure: a cell of the plan as a list.
 *
 * A cell names organisations, posts, persons and groups one after another,
 * with commas, line breaks or nothing between them ("отдел образования МБОУ
 * СОШ № 3").  What is printed is kept; only the borders are found.
 *
 * BASIS: domain 6.7
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum responsible_kind {
	WHO_ORGANISATION,
	WHO_ROLE, /* a post: "муниципальный координатор" */
	WHO_PERSON, /* "Вьюжина А. П.", with the post when it is printed */
	WHO_GROUP, /* many at once: "Руководители ОО" */
};

struct responsible {
	enum responsible_kind kind;
	struct str text;
	struct str person; /* of a person: the surname and initials */
	bool is_collective; /* every school of the plan: "ОО", "Директора ОУ" */
};

struct responsibles {
	struct responsible *all;
	size_t n;
};

struct responsibles responsibles_of(struct arena *mem, struct str cell);
