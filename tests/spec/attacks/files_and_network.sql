-- refused table_not_plain
SELECT * FROM '/etc/passwd';
-- refused table_not_plain
SELECT * FROM "/etc/passwd";
-- refused table_not_plain
SELECT * FROM 'data/*.parquet';
-- refused table_not_plain
SELECT * FROM "police.resident";
-- refused table_not_plain
SELECT * FROM police."resident.parquet";
-- refused table_not_plain
SELECT * FROM "..".resident;
-- refused table_not_plain
SELECT * FROM read_csv('/etc/passwd');
-- refused table_not_plain
SELECT * FROM read_csv_auto('/etc/passwd');
-- refused table_not_plain
SELECT * FROM read_parquet('/lake/police/resident/*.parquet');
-- refused table_not_plain
SELECT * FROM parquet_scan('x');
-- refused table_not_plain
SELECT * FROM parquet_metadata('x');
-- refused table_not_plain
SELECT * FROM parquet_schema('x');
-- refused table_not_plain
SELECT * FROM read_json('x');
-- refused table_not_plain
SELECT * FROM read_text('/etc/passwd');
-- refused table_not_plain
SELECT * FROM read_blob('/etc/passwd');
-- refused table_not_plain
SELECT * FROM glob('/etc/*');
-- refused table_not_plain
SELECT * FROM sniff_csv('/etc/passwd');
-- refused table_not_plain
SELECT * FROM sqlite_scan('x.db', 't');
-- refused table_not_plain
SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 't');
-- refused table_not_plain
SELECT * FROM iceberg_scan('x');
-- refused function_not_allowed
SELECT read_text('/etc/passwd');
-- refused function_not_allowed
SELECT getenv('DATONG_HOME');
-- refused function_not_allowed
SELECT write_log('x');
-- refused table_not_plain
SELECT * FROM 'https://127.0.0.1/x.csv';
-- refused table_not_plain
SELECT * FROM read_csv('http://127.0.0.1/' || (SELECT max(name) FROM police.resident));
-- refused table_not_plain
SELECT name FROM police.resident WHERE name = (SELECT content FROM read_text('/etc/passwd'));
