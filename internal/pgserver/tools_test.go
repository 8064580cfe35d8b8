package pgserver

import "testing"

// A password never stands on a command line, where everybody on the machine can read it.
func TestPasswordsLeaveTheCommandLine(t *testing.T) {
	for dsn, want := range map[string][2]string{
		"postgres://own:p%40ss@db/tg?sslmode=disable":       {"postgres://own@db/tg?sslmode=disable", "p@ss"},
		"postgres://own@db/tg":                              {"postgres://own@db/tg", ""},
		"postgres://db/tg":                                  {"postgres://db/tg", ""},
		"host=db user=own password=secret dbname=tg":        {"host=db user=own  dbname=tg", "secret"},
		`host=db password='it\'s a \\ secret' dbname='t g'`: {"host=db  dbname='t g'", `it's a \ secret`},
		"host='/tmp/x' dbname='tg'":                         {"host='/tmp/x' dbname='tg'", ""},
	} {
		if rest, password := withoutPassword(dsn); rest != want[0] || password != want[1] {
			t.Errorf("%s: %q and %q", dsn, rest, password)
		}
	}
}

func TestToolsLieBesideTheServer(t *testing.T) {
	tools, err := FindTools(t.Context(), "", oldestMajor)
	if err != nil || tools.Major() < oldestMajor {
		t.Fatalf("%+v, %v", tools, err)
	}
	if _, err := FindTools(t.Context(), "", 999); err == nil {
		t.Error("tools of a version that there is not")
	}
}
