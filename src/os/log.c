/* log.c - one line a fact on standard error. */
#include "os/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "os/clock.h"

void
log_line(const char *format, ...)
{
	char when[MOMENT_TEXT];
	char text[1024];
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	(void)fprintf(
	    stderr, "%s opora: %s\n", moment_iso(clock_now(), when), text);
}
