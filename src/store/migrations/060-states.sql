-- 060-states.sql - how everything stands, out of one index.
--
-- The state of a task needs its days and its mark and no word of its row.
-- With them in the index that finds a plan's tasks, a hundred thousand are
-- counted without visiting the table once for each.
-- BASIS: performance, "state of 100,000 occurrences".
DROP INDEX occurrence_measure;
CREATE INDEX occurrence_measure
  ON occurrence (municipality, plan, measure, window_no, organisation,
                 opens_on, due_on, is_outer, mark_state, done_on);
