-- refused column_not_granted
SELECT secret FROM police.resident;
-- refused column_not_granted
SELECT name FROM police.resident WHERE secret = 'HIDDEN';
-- refused column_not_granted
SELECT name FROM police.resident ORDER BY secret;
-- refused column_not_granted
SELECT count(*) FROM police.resident GROUP BY secret;
-- refused column_not_granted
SELECT count(*) FROM police.resident GROUP BY ROLLUP (secret);
-- refused column_not_granted
SELECT count(*) FROM police.resident HAVING min(secret) > 'a';
-- refused column_not_granted
SELECT a.name FROM police.resident a JOIN police.resident b ON a.secret = b.secret;
-- refused column_not_granted
SELECT a.name FROM police.resident a JOIN police.resident b USING (secret);
-- refused column_not_granted
SELECT name FROM police.resident QUALIFY row_number() OVER (ORDER BY secret) = 1;
-- refused column_not_granted
SELECT sum(children) OVER (PARTITION BY secret) FROM police.resident;
-- refused column_not_granted
SELECT sum(children) OVER (ORDER BY secret ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM police.resident;
-- refused column_not_granted
SELECT count(*) FILTER (WHERE secret > 'm') FROM police.resident;
-- refused column_not_granted
SELECT CASE WHEN secret > 'm' THEN 1 ELSE 1/0 END FROM police.resident;
-- refused column_not_granted
SELECT DISTINCT ON (secret) name FROM police.resident;
-- refused column_not_granted
SELECT string_agg(name, ',' ORDER BY secret) FROM police.resident;
-- refused column_not_granted
SELECT arg_max(name, secret) FROM police.resident;
-- refused column_not_granted
SELECT * REPLACE (secret AS name) FROM police.resident;
-- refused column_not_granted
SELECT list_transform([1], x -> secret) FROM police.resident;
-- refused column_not_granted
SELECT {'a': secret}.a FROM police.resident;
-- refused column_not_granted
SELECT [secret][1] FROM police.resident;
-- refused column_not_granted
SELECT u.x FROM police.resident, unnest([secret]) AS u(x);
-- refused column_not_granted
SELECT q.x FROM police.resident r, LATERAL (SELECT r.secret AS x) q;
-- refused column_not_granted
SELECT name FROM police.resident r WHERE EXISTS (SELECT 1 FROM welfare.allowance WHERE kind = r.secret);
-- refused column_not_granted
SELECT "SECRET" FROM police.resident;
-- refused column_not_granted
SELECT police.resident.secret FROM police.resident;
-- refused column_not_granted
SELECT since FROM welfare.allowance;
-- refused column_verify_only
SELECT mobile FROM police.resident;
-- refused column_verify_only
SELECT name FROM police.resident WHERE mobile LIKE '139%';
-- refused column_verify_only
SELECT length(mobile) FROM police.resident;
-- refused column_verify_only
SELECT coalesce(name, mobile) FROM police.resident;
-- refused column_not_granted
SELECT DISTINCT ON (secret) name FROM police.resident;
-- refused column_not_granted
SELECT DISTINCT ON (name) secret AS name FROM police.resident;
-- same
SELECT DISTINCT ON (children) children, name FROM police.resident ORDER BY children, name, id;
-- same
SELECT children, count(*) AS n FROM police.resident GROUP BY ALL ORDER BY ALL;
-- refused column_not_granted
SELECT secret, count(*) AS n FROM police.resident GROUP BY ALL;
-- same
SELECT name SIMILAR TO '王.*', name ~* '王', format('{}-{}', name, children) AS f, strlen(name), json_object('n', name) AS j FROM police.resident ORDER BY id FETCH FIRST 9 ROWS ONLY;
-- same
SELECT r.*, children FROM police.resident, range(2) r ORDER BY id, r.range;
