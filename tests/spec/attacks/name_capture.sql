-- same
WITH resident AS (SELECT 1 AS one) SELECT * FROM police.resident;
-- same
WITH t1 AS (SELECT 'x' AS name) SELECT r.name FROM police.resident r, t1;
-- same
WITH datong AS (SELECT 'x' AS name) SELECT r.name FROM police.resident r, datong;
-- same
WITH police AS (SELECT {'resident': 1} AS resident) SELECT r.name FROM police.resident r, police;
-- same
SELECT "t1".name FROM police.resident AS "t1";
-- same
SELECT "t2".name FROM police.resident AS "t2", welfare.allowance AS "t1";
-- same
SELECT police.name FROM police.resident AS police;
-- same
SELECT name AS secret FROM police.resident ORDER BY secret;
-- same
SELECT secret FROM (SELECT name AS secret FROM police.resident);
-- same
WITH a AS (SELECT name AS secret FROM police.resident), b AS (SELECT secret FROM a) SELECT * FROM b;
-- refused construct_not_allowed
SELECT "datong person" FROM police.resident;
-- refused construct_not_allowed
SELECT "datong row" FROM police.resident;
-- refused table_not_plain
SELECT * FROM datong.t1;
-- refused construct_not_allowed
SELECT * FROM memory.datong.t1;
-- refused table_not_plain
SELECT * FROM t1;
-- refused column_unknown
SELECT resident FROM police.resident;
-- refused column_unknown
SELECT key_A_1 FROM police.resident;
-- refused construct_not_allowed
SELECT $key_A_1;
-- refused construct_not_allowed
SELECT $1 FROM police.resident;
-- refused table_not_plain
WITH a AS (SELECT * FROM b), b AS (SELECT 1 AS x) SELECT * FROM c;
-- refused construct_not_allowed
WITH c AS (SELECT name AS "datong person" FROM police.resident) SELECT "datong person" FROM c;
-- refused construct_not_allowed
WITH c AS (SELECT name AS "datong row" FROM police.resident) SELECT "datong row" FROM c;
-- refused construct_not_allowed
SELECT name FROM police.resident ORDER BY "datong person";
-- refused construct_not_allowed
WITH "datong groups" AS (SELECT name FROM police.resident) SELECT name FROM "datong groups";
