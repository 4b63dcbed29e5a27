"""The texts of every cell by python-docx: "cells" as its pages teach it,
"elements" past its slow way from a row to its cells."""
import sys

import docx
from docx.table import _Cell

how, path = sys.argv[1:]
letters = 0
for table in docx.Document(path).tables:
    for row in table.rows:
        cells = row.cells if how == 'cells' else [
            _Cell(tc, table) for tc in row._tr.tc_lst]
        letters += sum(len(cell.text) for cell in cells)
print(letters)
