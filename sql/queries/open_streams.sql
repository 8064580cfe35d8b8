-- Which open pages may still be told anything, and how far their ledgers have come.
-- $1 SHA-256 of each page's session or token, $2 its program's id, or null for all that it opens
SELECT stream, role, entry_no FROM open_streams($1, $2)
