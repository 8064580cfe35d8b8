-- Which things a program has been told of, to check what new facts refer to.
-- $1 program id
SELECT kind, key, max(entry_no) AS entry_no FROM facts WHERE program_id = $1 GROUP BY kind, key
