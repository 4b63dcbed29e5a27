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

/* The method alone, without schools. */
NODISCARD enum rc draw_method(struct cli *cli, struct str name,
    const struct vocabulary *words, const struct method **ret);

/* Complaints of a method's file with a caret under the place. */
void draw_carets(struct cli *cli, struct str text);
