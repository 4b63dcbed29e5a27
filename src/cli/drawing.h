/*
 * drawing.h - what identify and explain share: the method that was named, the
 * settings that were changed, the run.
 */
#pragma once

#include "cli/command.h"
#include "core/methods/run.h"

struct drawing {
	struct vocabulary words;
	const struct method *method;
	struct method_choice choice;
	struct syear year;
	struct inputs inputs;
	struct run run;
};

/*
 * The method of the first argument (a code, "code@version", or a file with a
 * method), --year, --set "name = value; …", --reading "2=1; …".  frozen: the
 * run is to be saved.
 */
NODISCARD enum rc draw(struct cli *cli, bool frozen, struct drawing *ret);

/* The same as far as no school is looked at: words, method, choice. */
NODISCARD enum rc draw_rules(struct cli *cli, struct drawing *ret);

/*
 * Lists straight from files: the schools of --schools, the results or pupils of
 * the words after the method, for the years first…last; each() is given them
 * in turn, with memory of its own.  Nothing is stored.
 */
typedef enum rc draw_each(struct cli *cli, const struct drawing *d, void *ctx);

NODISCARD enum rc draw_files(struct cli *cli, struct syear first,
    struct syear last, bool by_name, draw_each *each, void *ctx);

/* The method alone, without schools. */
NODISCARD enum rc draw_method(struct cli *cli, struct str name,
    const struct vocabulary *words, const struct method **ret);

/* Complaints of a method's file with a caret under the place. */
void draw_carets(struct cli *cli, struct str text);
