/* fuzz_csv.c - can any bytes harm the reader of CSV? */
#include "input.h"
#include "table.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	table_read(input_file(data, n), SHEET_CSV);
	return 0;
}
