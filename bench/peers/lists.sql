-- Who is on the list «shnor» of each year, and by which criteria.
-- Reads counts(school, year, procedure, participants, failed) and
-- schools(code, kind); years are the first calendar year as a number.
-- The same statement runs in DuckDB and SQLite.
WITH low AS (
  SELECT c.school, c.year, count(*) AS n
    FROM counts c JOIN schools s ON s.code = c.school
   WHERE s.kind NOT IN ('nosh', 'correctional')
     AND c.procedure IN ('vpr-math-5', 'vpr-math-6', 'vpr-rus-5', 'vpr-rus-6',
           'oge-math', 'oge-rus', 'ege-math-base', 'ege-math-profile', 'ege-rus')
     AND NOT (s.kind = 'oosh' AND c.procedure LIKE 'ege-%')
     AND c.participants > 0 AND 10 * c.failed >= 3 * c.participants
   GROUP BY c.school, c.year
)
SELECT CAST(l.year + 1 AS text) || '/' || CAST(l.year + 2 AS text) || ',' ||
       CAST(l.school AS text) || ',' ||
       CASE WHEN l.n >= 2 THEN 'K1' ELSE '' END ||
       CASE WHEN l.n >= 2 AND b.n IS NOT NULL THEN ' ' ELSE '' END ||
       CASE WHEN b.n IS NOT NULL THEN 'K2' ELSE '' END AS line
  FROM low l LEFT JOIN low b ON b.school = l.school AND b.year = l.year - 1
 WHERE l.year >= 2021 AND (l.n >= 2 OR b.n IS NOT NULL)
 ORDER BY line;
