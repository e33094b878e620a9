-- refused query_not_select
COPY (SELECT * FROM police.resident) TO '/tmp/out.csv';
-- refused query_not_select
ATTACH '/var/lib/datong/catalog.sqlite' AS lake;
-- refused query_not_select
INSTALL postgres;
-- refused query_not_select
LOAD sqlite;
-- refused query_not_readable
EXPORT DATABASE '/tmp/all';
-- refused query_not_readable
IMPORT DATABASE '/tmp/all';
-- refused query_not_select
CREATE TABLE mine AS SELECT * FROM police.resident;
-- refused query_not_select
CREATE VIEW mine AS SELECT * FROM police.resident;
-- refused query_not_select
CREATE MACRO peek() AS TABLE SELECT * FROM police.resident;
-- refused query_not_select
CREATE OR REPLACE FUNCTION peek(x) AS x;
-- refused query_not_select
INSERT INTO police.resident SELECT * FROM police.resident;
-- refused query_not_select
UPDATE police.resident SET "Ward No" = '1';
-- refused query_not_select
DELETE FROM police.resident;
-- refused query_not_select
TRUNCATE police.resident;
-- refused query_not_select
DROP TABLE police.resident;
-- refused query_not_select
ALTER TABLE police.resident RENAME TO mine;
-- refused query_not_select
MERGE INTO police.resident USING welfare.allowance ON TRUE WHEN MATCHED THEN DELETE;
-- refused query_not_select
SET threads = 64;
-- refused query_not_select
RESET memory_limit;
-- refused query_not_select
PRAGMA database_list;
-- refused query_not_select
CALL duckdb_tables();
-- refused query_not_select
CHECKPOINT;
-- refused query_not_select
USE memory;
-- refused query_not_select
BEGIN;
-- refused query_not_select
PREPARE q AS SELECT * FROM police.resident;
-- refused query_not_select
EXECUTE q;
-- refused query_not_select
SHUTDOWN NOW;
-- refused query_not_single
SELECT 1; SELECT * FROM police.resident;
-- refused query_not_single
SELECT 1; DROP TABLE police.resident;
-- refused construct_not_allowed
SELECT name INTO mine FROM police.resident;
-- refused construct_not_allowed
SELECT name FROM police.resident FOR UPDATE;
