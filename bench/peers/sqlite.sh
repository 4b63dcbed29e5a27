#!/bin/bash
# sqlite.sh - sqlite3's own import and the rule in SQL.
# sqlite.sh pupils|results FILE SCHOOLS
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec sqlite3 -csv :memory: -cmd '
CREATE TABLE schools (code INTEGER, name TEXT, kind TEXT, locality TEXT, small TEXT, logins TEXT);
CREATE TABLE pupils (school INTEGER, year TEXT, procedure TEXT, code INTEGER, mark INTEGER, score INTEGER, attempt TEXT, graduate TEXT);
CREATE TABLE results (school INTEGER, year TEXT, procedure TEXT, participants INTEGER, failed INTEGER);
CREATE TABLE counts (school INTEGER, year INTEGER, procedure TEXT, participants INTEGER, failed INTEGER);' \
	-cmd ".import --skip 1 $3 schools" -cmd ".import --skip 1 $2 $1" <<SQL
$(if [ "$1" = pupils ]; then cat <<'PUPILS'
INSERT INTO counts
SELECT school, CAST(substr(year, 1, 4) AS INTEGER), procedure, count(*),
       sum(CASE procedure WHEN 'ege-rus' THEN score < 24
             WHEN 'ege-math-profile' THEN score < 27 ELSE mark = 2 END)
  FROM pupils
 WHERE attempt <> 'retake' AND graduate = 'current' AND (mark <> '' OR score <> '')
 GROUP BY school, year, procedure;
PUPILS
else cat <<'RESULTS'
INSERT INTO counts
SELECT school, CAST(substr(year, 1, 4) AS INTEGER), procedure, participants, failed FROM results;
RESULTS
fi)
.mode list
.read $here/lists.sql
SQL
