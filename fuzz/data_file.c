/* data_file.c - one of the program's own tables, as text. */
#include "data_file.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_BYTES = 1 << 20 };

struct str
data_file(const char *name)
{
	char path[4096];
	char *text = malloc(MOST_BYTES);

	(void)snprintf(path, sizeof path, "%s/%s", DATA_DIR, name);
	FILE *f = fopen(path, "rb");
	if (!f || !text) {
		perror(path);
		abort();
	}
	size_t n = fread(text, 1, MOST_BYTES, f);
	(void)fclose(f);
	return (struct str){text, n};
}
