-- states.sql - the same question as one query; :today is put in by tasks.sh.
SELECT CASE
       WHEN mark_state = 'not_needed' THEN 'not_needed'
       WHEN mark_state = 'confirmed' THEN
         CASE WHEN due_on < done_on THEN 'done_late'
              ELSE 'done' END
       WHEN mark_state = 'done' THEN 'marked'
       WHEN mark_state = 'returned' THEN
         CASE WHEN due_on < :today THEN 'returned_late' ELSE 'returned' END
       WHEN due_on < :today THEN 'overdue'
       WHEN due_on IS NULL OR is_outer THEN 'waiting'
       WHEN opens_on > :today THEN 'planned'
       WHEN julianday(due_on) - julianday(:today) <= 7 THEN 'due_soon'
       ELSE 'open' END AS state, count(*)
  FROM occurrence GROUP BY state ORDER BY state;
