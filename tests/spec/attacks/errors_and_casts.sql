-- stopped conversion
SELECT CAST(name AS INT) FROM police.resident;
-- stopped conversion
SELECT name FROM police.resident WHERE CAST(name AS INT) = 1;
-- same
SELECT name FROM police.resident WHERE TRY_CAST(name AS INT) = 1;
-- same
SELECT name FROM police.resident WHERE CAST("Ward No" AS INT) = 1;
-- same
SELECT name FROM police.resident WHERE 1 / (CAST("Ward No" AS INT) - 3) < 5;
-- same
SELECT name FROM police.resident WHERE 10 // (children - 9) < 0;
-- same
SELECT name FROM police.resident WHERE children + 9223372036854775800 > 0;
-- same
SELECT sum(children + 9223372036854775800) FROM police.resident WHERE "Ward No" = '1' AND children < 0;
-- same
SELECT name FROM police.resident WHERE sqrt(3 - CAST("Ward No" AS INT)) > 0;
-- same
SELECT name FROM police.resident WHERE ln(3 - CAST("Ward No" AS INT)) >= 0;
-- stopped conversion
SELECT strptime(name, '%Y') FROM police.resident;
-- same
SELECT name FROM police.resident ORDER BY CAST("Ward No" AS INT), id;
-- same
SELECT CAST("Ward No" AS INT), count(*) FROM police.resident GROUP BY 1;
-- same
SELECT a.name FROM police.resident a JOIN police.resident b ON CAST(a."Ward No" AS INT) = CAST(b."Ward No" AS INT) + 1;
-- stopped conversion
SELECT (SELECT name FROM police.resident);
-- same
SELECT (SELECT name FROM police.resident WHERE "Ward No" = '3');
-- stopped conversion
SELECT json_extract(name, '$.a') FROM police.resident;
-- stopped query
SELECT upper(children) FROM police.resident;
-- refused function_not_allowed
SELECT CASE WHEN children > 1 THEN error('big') END FROM police.resident;
-- refused column_not_granted
SELECT CAST(secret AS INT) FROM police.resident;
-- refused column_not_granted
SELECT try(CAST(secret AS INT)) FROM police.resident;
-- same
SELECT try(CAST(name AS INT)) FROM police.resident;
