package access

import "strings"

// feedPrefix is what the secret of every feed begins with, so that it is recognised where it does not belong.
const feedPrefix = "tenggat_feed_" //nolint:gosec // no secret

// NewFeedSecret makes the secret in the address of a feed. It is shown once; what is stored is HashToken of it.
func NewFeedSecret() string { return feedPrefix + randomBase62(apiTokenRandom) }

// IsFeedSecret reports whether a text has the form of a feed's secret. Whether there is such a feed only the database can say.
func IsFeedSecret(text string) bool {
	random, found := strings.CutPrefix(text, feedPrefix)
	return found && len(random) == apiTokenRandom && only(random, base62)
}
