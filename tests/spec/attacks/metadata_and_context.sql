-- refused table_not_plain
SELECT * FROM information_schema.columns;
-- refused table_not_plain
SELECT * FROM pg_catalog.pg_tables;
-- refused table_not_plain
SELECT * FROM duckdb_tables();
-- refused table_not_plain
SELECT * FROM duckdb_columns();
-- refused table_not_plain
SELECT * FROM duckdb_settings();
-- refused table_not_plain
SELECT * FROM duckdb_temporary_files();
-- refused table_not_plain
SELECT * FROM duckdb_secrets();
-- refused table_not_plain
SELECT * FROM pragma_table_info('resident');
-- refused table_not_plain
SELECT * FROM pragma_storage_info('resident');
-- refused table_not_plain
SELECT * FROM sqlite_master;
-- refused query_not_select
DESCRIBE police.resident;
-- refused query_not_select
SUMMARIZE police.resident;
-- refused query_not_select
EXPLAIN SELECT * FROM police.resident;
-- refused query_not_select
EXPLAIN ANALYZE SELECT * FROM police.resident;
-- refused query_not_select
SHOW ALL TABLES;
-- refused construct_not_allowed
SELECT * FROM (DESCRIBE police.resident);
-- refused construct_not_allowed
SELECT * FROM (SUMMARIZE police.resident);
-- refused function_not_allowed
SELECT current_setting('allowed_paths');
-- refused function_not_allowed
SELECT current_user;
-- refused function_not_allowed
SELECT session_user;
-- refused function_not_allowed
SELECT current_database();
-- refused function_not_allowed
SELECT current_schemas(true);
-- refused function_not_allowed
SELECT version();
-- refused function_not_allowed
SELECT txid_current();
-- refused function_not_allowed
SELECT getvariable('x');
-- refused function_not_allowed
SELECT set_config('role', 'admin');
-- refused function_not_allowed
SELECT stats(name) FROM police.resident;
-- refused function_not_allowed
SELECT nextval('s');
-- refused table_not_plain
SELECT * FROM query('SELECT 1');
-- refused table_not_plain
SELECT * FROM query_table('resident');
-- refused function_not_allowed
SELECT json_execute_serialized_sql('x');
-- refused table_not_plain
SELECT * FROM json_execute_serialized_sql('x');
-- refused column_unknown
SELECT rowid FROM police.resident;
-- refused column_unknown
SELECT filename FROM police.resident;
-- refused column_unknown
SELECT file_row_number FROM police.resident;
-- refused column_unknown
SELECT tableoid FROM police.resident;
-- refused construct_not_allowed
SELECT * FROM police.resident AT (VERSION => 1);
-- refused construct_not_allowed
SELECT * FROM police.resident FOR SYSTEM_TIME AS OF '2020-01-01';
