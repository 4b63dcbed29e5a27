/* main.c - which of the program's two lives begins: the converter child, that
 * must hold no rights, or a command. */
#include <string.h>

#include "cli/command.h"
#include "convert/convert.h"
#include "os/random.h"

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "converter") == 0)
		return converter_main(argc, argv);
	random_init();
	return cli_main(argc, argv);
}
