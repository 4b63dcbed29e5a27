/* shelf.c - what do all workers read that is never written? */
#include "web/shelf.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/registry/catalogue.h"

struct shelf {
	struct arena *mem; /* lives as long as the shelf */
	struct vocabulary words;
	pthread_mutex_t lock; /* of the library */
	bool has_library;
	struct library library;
};

enum rc
shelf_open(struct diag *d, struct shelf **ret)
{
	struct shelf *shelf = calloc(1, sizeof *shelf);
	enum rc rc;

	MUST(shelf != NULL);
	shelf->mem = arena_open(0);
	(void)pthread_mutex_init(&shelf->lock, NULL);
	rc = catalogue_read(
	    &(struct scope){.mem = shelf->mem, .diag = d}, &shelf->words);
	if (rc != RC_OK) {
		shelf_close(shelf);
		return rc;
	}
	*ret = shelf;
	return RC_OK;
}

void
shelf_close(struct shelf *shelf)
{
	(void)pthread_mutex_destroy(&shelf->lock);
	arena_close(shelf->mem);
	free(shelf);
}

const struct vocabulary *
shelf_words(const struct shelf *shelf)
{
	return &shelf->words;
}

const struct library *
shelf_library(struct shelf *shelf)
{
	(void)pthread_mutex_lock(&shelf->lock);
	if (!shelf->has_library) {
		struct diag d = diag_open(shelf->mem, 0);
		struct scope sc = {.mem = shelf->mem, .diag = &d};

		MUST(
		    library_read(&sc, &shelf->words, &shelf->library) == RC_OK);
		shelf->has_library = true;
	}
	(void)pthread_mutex_unlock(&shelf->lock);
	return &shelf->library;
}
