-- $1 id, $2 e-mail address, $3 name, $4 role, $5 pseudonym, $6 password hash
INSERT INTO accounts (id, email, name, role, pseudonym, password_hash) VALUES ($1, $2, $3, $4, $5, $6)
