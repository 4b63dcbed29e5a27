// duckdb.mjs - DuckDB: a file to lists.  node duckdb.mjs pupils|results FILE SCHOOLS
import {readFileSync, writeSync} from 'node:fs';
import {DuckDBInstance} from '@duckdb/node-api';

const [job, file, schools] = process.argv.slice(2);
const db = await (await DuckDBInstance.create(':memory:')).connect();
const csv = (path, columns) => `read_csv('${path}', header = true, columns = {${columns}})`;

await db.run(`CREATE TABLE schools AS SELECT code, kind FROM ${csv(schools,
  "'code': 'INTEGER', 'name': 'VARCHAR', 'kind': 'VARCHAR', 'locality': 'VARCHAR', 'small': 'VARCHAR', 'logins': 'VARCHAR'")}`);
if (job === 'pupils')
  await db.run(`CREATE TABLE counts AS
    SELECT school, CAST(left(year, 4) AS INTEGER) AS year, procedure, count(*) AS participants,
           count(*) FILTER (CASE procedure WHEN 'ege-rus' THEN score < 24
             WHEN 'ege-math-profile' THEN score < 27 ELSE mark = 2 END) AS failed
      FROM ${csv(file, "'school': 'INTEGER', 'year': 'VARCHAR', 'procedure': 'VARCHAR', 'code': 'INTEGER', 'mark': 'INTEGER', 'score': 'INTEGER', 'attempt': 'VARCHAR', 'graduate': 'VARCHAR'")}
     WHERE attempt <> 'retake' AND graduate = 'current' AND (mark IS NOT NULL OR score IS NOT NULL)
     GROUP BY ALL`);
else
  await db.run(`CREATE TABLE counts AS
    SELECT school, CAST(left(year, 4) AS INTEGER) AS year, procedure, participants, failed
      FROM ${csv(file, "'school': 'INTEGER', 'year': 'VARCHAR', 'procedure': 'VARCHAR', 'participants': 'INTEGER', 'failed': 'INTEGER'")}`);
const lists = await db.runAndReadAll(readFileSync(new URL('lists.sql', import.meta.url), 'utf8'));
writeSync(1, lists.getRows().map(([line]) => line + '\n').join(''));
