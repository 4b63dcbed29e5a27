/* fuzz_docx.c - can any parts harm the reader of DOCX? */
#include "document.h"
#include "input.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	document_read(input_container(data, n), PAGES_DOCX);
	return 0;
}
