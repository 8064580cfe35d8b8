-- Which of these slugs is no program.
-- $1 slugs
SELECT wanted FROM unnest($1::text[]) AS wanted WHERE NOT EXISTS (SELECT FROM programs p WHERE p.slug = wanted)
