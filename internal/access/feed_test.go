package access

import (
	"strings"
	"testing"
)

func TestFeedSecrets(t *testing.T) {
	one, other := NewFeedSecret(), NewFeedSecret()
	if one == other || !IsFeedSecret(one) || !IsFeedSecret(other) {
		t.Errorf("%q, %q", one, other)
	}
	for _, bad := range []string{"", one[1:], one + "a", strings.Replace(one, "_feed_", "_job_", 1), one[:len(one)-1] + "/", NewAPIToken()} {
		if IsFeedSecret(bad) {
			t.Errorf("%q passes for the secret of a feed", bad)
		}
	}
}
