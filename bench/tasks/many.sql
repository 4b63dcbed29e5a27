-- many.sql - the demonstration's tasks, over and over until there are 100,000:
-- the same rows and schools, other windows, their days spread over two years.
BEGIN;
CREATE TEMP TABLE last AS
  SELECT max(id) AS id, max(window_no) AS window_no, count(*) AS n
    FROM occurrence;
INSERT INTO occurrence (municipality, id, plan, measure, window_no,
       organisation, opens_on, due_on, is_outer, label, mark_state, done_on,
       moved, version)
WITH RECURSIVE turn(k) AS (
  SELECT 1 UNION ALL SELECT k + 1 FROM turn, last WHERE k * n < 100000)
SELECT c.municipality,
       last.id + row_number() OVER (ORDER BY turn.k, c.id),
       c.plan, c.measure, last.window_no + turn.k, c.organisation,
       date(c.opens_on, (turn.k * 7 % 700 - 350) || ' days'),
       date(c.due_on, (turn.k * 7 % 700 - 350) || ' days'),
       c.is_outer, c.label, c.mark_state,
       date(c.done_on, (turn.k * 7 % 700 - 350) || ' days'), 0, 1
  FROM occurrence c, turn, last
 LIMIT (SELECT 100000 - n FROM last);
COMMIT;
