-- $1 id, $2 slug, $3 time zone
INSERT INTO programs (id, slug, timezone) VALUES ($1, $2, $3)
