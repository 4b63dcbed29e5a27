"""openpyxl: every row of a workbook.  openpyxl_read.py FILE"""
import sys

import openpyxl

for row in openpyxl.load_workbook(sys.argv[1], read_only=True).active.iter_rows(
        values_only=True):
    len(row)
