-- The programs that the credential opens.
SELECT p.id FROM programs p ORDER BY p.slug
