#!/bin/bash
# plans.sh - a road map out of Word: ours reads it and says what it understood
# (rows, deadlines, responsibles); the peers only take its texts out.
#
#	bench/plans.sh [ROWS [RUNS]]
#
# "nothing" is a program that does nothing: what a process costs here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
rows=${1:-500}
runs=${2:-7}
file=$work/map.docx

/usr/bin/python3 "$here/plans/make_docx.py" "$rows" >"$file"
"$opora" import plan "$file" --check | grep "Мероприятий $rows,"
convert="soffice -env:UserInstallation=file://$work/profile --headless
	--convert-to txt:Text --outdir $work $file"
$convert >/dev/null 2>&1 || true # makes its profile
"$here/measure.py" -n "$runs" "a road map of $rows rows in DOCX" \
	opora "$opora import plan $file --check" \
	nothing "$(command -v true)" \
	'python-docx, past its cells' \
	"/usr/bin/python3 $here/plans/read_docx.py elements $file"
"$here/measure.py" -n 1 "the same beside what takes seconds" \
	opora "$opora import plan $file --check" \
	'python-docx, row.cells' \
	"/usr/bin/python3 $here/plans/read_docx.py cells $file" \
	'LibreOffice to text' "$(echo $convert)"
