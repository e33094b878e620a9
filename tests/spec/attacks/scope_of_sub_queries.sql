-- same
SELECT * FROM (SELECT * FROM police.resident);
-- same
SELECT count(*) FROM police.resident;
-- same
WITH r AS (SELECT * FROM police.resident) SELECT count(*) FROM r;
-- same
WITH RECURSIVE r AS (SELECT name, 1 AS n FROM police.resident UNION ALL SELECT name, n + 1 FROM r WHERE n < 3) SELECT count(*), max(name) FROM r;
-- same
SELECT name FROM police.resident UNION SELECT address FROM police.resident;
-- same
SELECT (SELECT max("Ward No") FROM police.resident);
-- same
SELECT name FROM police.resident WHERE children = (SELECT max(children) FROM police.resident);
-- same
SELECT kind FROM welfare.allowance WHERE EXISTS (SELECT 1 FROM police.resident WHERE "Ward No" = '3');
-- same
SELECT kind FROM welfare.allowance WHERE '3' IN (SELECT "Ward No" FROM police.resident);
-- same
SELECT q.n FROM welfare.allowance a, LATERAL (SELECT count(*) AS n FROM police.resident r WHERE r.children > a.amount) q;
-- same
SELECT name FROM police.resident EXCEPT SELECT name FROM police.resident WHERE "Ward No" = '1';
-- same
SELECT name FROM police.resident WHERE "Ward No" = '1' OR TRUE;
-- same
SELECT name FROM police.resident WHERE "Ward No" = '3' OR 1 = 1 --' AND "Ward No" IN ('1', '2')
;
-- same
SELECT r.name, s."Ward No" FROM police.resident r FULL JOIN police.resident s ON r."Ward No" <> s."Ward No";
-- same
SELECT a.kind, r.name FROM welfare.allowance a LEFT JOIN police.resident r ON a.person = r.id;
-- same
SELECT a.kind FROM welfare.allowance a LEFT JOIN police.resident r ON a.person = r.id WHERE r.id IS NULL;
-- refused column_not_granted
SELECT x FROM (SELECT secret AS x FROM police.resident);
-- refused column_not_granted
WITH r AS (SELECT * FROM police.resident) SELECT secret FROM r;
-- refused column_not_granted
SELECT secret FROM police.resident UNION SELECT name FROM police.resident;
-- refused column_not_granted
SELECT (SELECT max(secret) FROM police.resident);
-- refused resource_unknown
SELECT * FROM police.watchlist;
-- refused resource_unknown
SELECT 1 WHERE EXISTS (SELECT 1 FROM police.watchlist);
-- refused resource_unknown
SELECT * FROM nobody.nothing;
-- refused no_agreement
SELECT * FROM market.firm;
-- refused no_agreement
SELECT count(*) FROM market.firm;
-- refused no_agreement
SELECT name FROM police.resident WHERE 1 = (SELECT count(*) FROM market.firm);
