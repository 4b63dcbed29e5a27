-- Appeals applied to counts that stood: a second file of them cannot be told from the first.
ALTER TABLE result ADD COLUMN is_amended INTEGER NOT NULL DEFAULT 0;
