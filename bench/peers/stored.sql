-- The list of 2024/2025 as one query on our own tables: see bench/stored.sh.
WITH low AS (
  SELECT r.organisation, r.year, count(*) AS n
    FROM result r JOIN organisation o ON o.municipality = r.municipality AND o.id = r.organisation
   WHERE r.municipality = 1 AND r.is_current = 1 AND r.year IN (2022, 2023)
     AND o.kind NOT IN ('nosh', 'correctional')
     AND r.procedure IN ('vpr-math-5', 'vpr-math-6', 'vpr-rus-5', 'vpr-rus-6',
           'oge-math', 'oge-rus', 'ege-math-base', 'ege-math-profile', 'ege-rus')
     AND NOT (o.kind = 'oosh' AND r.procedure LIKE 'ege-%')
     AND r.participants > 0 AND 10 * r.failed >= 3 * r.participants
   GROUP BY r.organisation, r.year
)
SELECT o.code || ',' || CASE WHEN l.n >= 2 THEN 'K1' ELSE '' END ||
       CASE WHEN l.n >= 2 AND b.n IS NOT NULL THEN ' ' ELSE '' END ||
       CASE WHEN b.n IS NOT NULL THEN 'K2' ELSE '' END
  FROM low l JOIN organisation o ON o.id = l.organisation
  LEFT JOIN low b ON b.organisation = l.organisation AND b.year = l.year - 1
 WHERE l.year = 2023 AND (l.n >= 2 OR b.n IS NOT NULL)
 ORDER BY o.code;
