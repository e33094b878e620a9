-- same
SELECT name /* , secret */ FROM police.resident;
-- same
SELECT name -- , secret
FROM police.resident;
-- same
SELECT name /* one /* two */ , 1 */ FROM police.resident;
-- same
SELECT 'x''; DROP TABLE police.resident; --' FROM police.resident;
-- refused construct_not_allowed
SELECT $$ ' " ; -- $$ FROM police.resident;
-- refused construct_not_allowed
SELECT E'\'; SELECT secret FROM police.resident; --' FROM police.resident;
-- same
SELECT name AS "; SELECT secret" FROM police.resident;
-- same
SELECT name AS "a""b" FROM police.resident;
-- refused column_not_granted
SELECT '\', secret, '\' FROM police.resident;
-- same
FROM police.resident;
-- same
FROM police.resident SELECT name;
-- same
TABLE police.resident;
-- same
SELECT name, FROM police.resident;
-- same
SELECT x: name FROM police.resident;
-- same
SELECT name FROM POLICE.RESIDENT;
-- same
SELECT NAME FROM "police"."resident";
-- same
SELECT 1 + + + 1, - - 1, NOT NOT TRUE FROM police.resident;
-- same
SELECT name COLLATE_ FROM police.resident;
-- same
SELECT json_extract('{"a": 1}', '$.a') = 1 AND children > 0 FROM police.resident;
-- same
SELECT children IN (1, 2) IS TRUE, children BETWEEN 0 AND 2 = TRUE FROM police.resident;
-- refused function_not_allowed
SELECT name COLLATE nocase FROM police.resident;
-- refused construct_not_allowed
SELECT system.read_text('/etc/passwd');
-- refused construct_not_allowed
SELECT main.getenv('HOME');
-- refused function_not_allowed
SELECT "getenv"('HOME');
-- refused construct_not_allowed
SELECT 'HOME'.getenv();
-- refused construct_not_allowed
SELECT #1 FROM police.resident;
-- refused construct_not_allowed
SELECT name FROM police.resident LIMIT (SELECT max(children) FROM police.resident);
-- refused construct_not_allowed
SELECT name FROM police.resident LIMIT 10%;
-- refused function_not_allowed
SELECT random() FROM police.resident;
-- refused function_not_allowed
SELECT name FROM police.resident WHERE uuid() <> name;
-- refused construct_not_allowed
SELECT date_trunc('month''); SELECT * FROM read_text(''/etc/passwd'') --', born) FROM police.resident;
-- refused construct_not_allowed
SELECT date_diff('day, born) FROM police.resident --', born, born) FROM police.resident;
-- refused construct_not_allowed
SELECT extract("year FROM born), (SELECT 1" FROM born) FROM police.resident;
-- same
SELECT {'a'', (SELECT 1), ''b': 1} FROM police.resident;
-- same
SELECT list_transform([1], "x : 1), getenv('HOME') --" -> 1) FROM police.resident;
-- refused query_grows_too_large
SELECT children+children a0, a0+a0 a1, a1+a1 a2, a2+a2 a3, a3+a3 a4, a4+a4 a5, a5+a5 a6, a6+a6 a7, a7+a7 a8, a8+a8 a9, a9+a9 a10, a10+a10 a11, a11+a11 a12, a12+a12 a13, a13+a13 a14, a14+a14 a15, a15+a15 a16 FROM police.resident;
-- refused construct_not_allowed
FROM police.resident |> SELECT secret;
