-- same
SELECT * FROM police.resident;
-- same
SELECT * EXCLUDE (name) FROM police.resident;
-- same
SELECT * REPLACE (upper(name) AS name) FROM police.resident;
-- same
SELECT r.*, 1 FROM police.resident r;
-- same
SELECT name, name LIKE '王HIDDEN%' FROM police.resident;
-- same
SELECT name FROM police.resident WHERE name = '王HIDDENa1';
-- same
SELECT length(name), left(name, 3), right(name, 2) FROM police.resident;
-- same
SELECT ascii(substr(name, 2, 1)) FROM police.resident;
-- same
SELECT name FROM police.resident ORDER BY name, born;
-- same
SELECT name, count(*) FROM police.resident GROUP BY name;
-- same
SELECT count(DISTINCT name), count(DISTINCT born) FROM police.resident;
-- same
SELECT min(born), max(born) FROM police.resident;
-- same
SELECT born FROM police.resident WHERE born > DATE '1980-01-05';
-- same
SELECT date_diff('day', born, DATE '2026-01-01') FROM police.resident;
-- same
SELECT a.name FROM police.resident a JOIN police.resident b ON a.born = b.born AND a.id <> b.id;
-- same
SELECT name, lag(name) OVER (ORDER BY children, id) FROM police.resident;
-- same
SELECT row_number() OVER (ORDER BY name, id) FROM police.resident;
-- same
SELECT name FROM police.resident QUALIFY rank() OVER (ORDER BY born) = 1;
-- same
SELECT md5(name), sha256(address) FROM police.resident;
-- same
SELECT regexp_extract(name, '.(.*)', 1) FROM police.resident;
-- same
SELECT list(name ORDER BY born, id) FROM police.resident;
-- same
SELECT histogram(name) FROM police.resident;
-- same
SELECT name FROM police.resident WHERE id = '9901011980010001X';
-- same
SELECT id = '9901011980010001X' FROM police.resident;
-- same
SELECT approx_count_distinct(name) FROM police.resident;
-- refused function_not_allowed
SELECT columns('na.*') FROM police.resident;
-- refused function_not_allowed
SELECT columns(*) FROM police.resident;
-- refused function_not_allowed
SELECT columns(c -> c LIKE 's%') FROM police.resident;
-- refused construct_not_allowed
SELECT * LIKE 'se%' FROM police.resident;
-- refused construct_not_allowed
SELECT a.name FROM police.resident a POSITIONAL JOIN welfare.allowance b;
-- refused construct_not_allowed
SELECT a.name FROM police.resident a NATURAL JOIN police.resident b;
-- refused construct_not_allowed
SELECT * FROM police.resident PIVOT (count(*) FOR "Ward No" IN ('1', '3'));
-- refused construct_not_allowed
SELECT * FROM police.resident UNPIVOT (v FOR k IN (name, secret));
-- refused construct_not_allowed
SELECT * FROM police.resident USING SAMPLE 5 ROWS;
-- refused construct_not_allowed
SELECT * FROM police.resident TABLESAMPLE reservoir(50%);
-- refused construct_not_allowed
SELECT * FROM police.resident AS r(secret, b);
