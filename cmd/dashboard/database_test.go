package main

import "testing"

func TestURLLogins(t *testing.T) {
	for name, c := range map[string]struct {
		database, read string
		want           logins
	}{
		"address": {
			"postgres://own:p%40ss@db/tg?sslmode=disable", "",
			logins{
				"postgres://own:p%40ss@db/tg?sslmode=disable", "postgres://own:p%40ss@db/tg?role=tenggat_app&sslmode=disable",
				"postgres://own:p%40ss@db/tg?default_transaction_read_only=on&role=tenggat_reader&sslmode=disable",
			},
		},
		"words": {
			"host=/tmp/x dbname=tg", "",
			logins{"host=/tmp/x dbname=tg", "host=/tmp/x dbname=tg role='tenggat_app'", "host=/tmp/x dbname=tg role='tenggat_reader' default_transaction_read_only='on'"},
		},
		"reader of its own": {
			"host=db dbname=tg", "host=replica user=ro dbname=tg",
			logins{"host=db dbname=tg", "host=db dbname=tg role='tenggat_app'", "host=replica user=ro dbname=tg"},
		},
	} {
		if got := urlLogins(c.database, c.read); got != c.want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, c.want)
		}
	}
}
