/* fuzz_xlsx.c - can any parts harm the reader of XLSX? */
#include "input.h"
#include "table.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	table_read(input_container(data, n), SHEET_XLSX);
	return 0;
}
