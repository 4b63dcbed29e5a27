/* fuzz_ods.c - can any parts harm the reader of ODS? */
#include "input.h"
#include "table.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	table_read(input_container(data, n), SHEET_ODS);
	return 0;
}
