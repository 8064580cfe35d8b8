package ledger

import (
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// kept is a tree as a database keeps it: with every entry the hashes it completes.
type kept [][]Hash

func (k kept) reader() HashReader {
	return func(places []Place) ([]Hash, error) {
		hashes := make([]Hash, len(places))
		for i, p := range places {
			hashes[i] = k[p.Entry-1][p.Level]
		}
		return hashes, nil
	}
}

func grow(n int) (Edge, kept) {
	var edge Edge
	var k kept
	for i := range n {
		k = append(k, edge.Append(LeafHash(fmt.Appendf(nil, "entry %d", i+1))))
	}
	return edge, k
}

// The tree that grows entry by entry is the one that tlog computes, with the same hashes in the same order.
func TestEdgeGrowsTheTreeOfRFC6962(t *testing.T) {
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	var edge Edge
	for n := int64(0); n < 300; n++ {
		before := edge
		want, err := tlog.TreeHash(n, read)
		if err != nil || edge.Root() != want {
			t.Fatalf("the root of %d entries is %v, want %v (%v)", n, edge.Root(), want, err)
		}
		data := fmt.Appendf(nil, "entry %d", n+1)
		completed, err := tlog.StoredHashes(n, data, read)
		if err != nil {
			t.Fatal(err)
		}
		if got := edge.Append(LeafHash(data)); fmt.Sprint(got) != fmt.Sprint(completed) {
			t.Fatalf("entry %d completes %v, want %v", n+1, got, completed)
		}
		if before.Root() != want {
			t.Fatalf("appending entry %d changed a copy of the edge", n+1)
		}
		stored = append(stored, completed...)
	}
}

// However the appends are grouped, with the edge written down in between, the tree is the same.
func TestEdgeIsTheSameForEveryGrouping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var edge Edge
		total := 0
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 70), 0, 8).Draw(t, "groups") {
			again, err := ParseEdge(edge.Size, edge.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			edge = again
			for range n {
				total++
				edge.Append(LeafHash(fmt.Appendf(nil, "entry %d", total)))
			}
		}
		want, k := grow(total)
		if edge.Root() != want.Root() {
			t.Fatalf("the root of %d entries differs", total)
		}
		if root, err := k.reader().Root(int64(total)); err != nil || root != want.Root() {
			t.Fatalf("read back the root is %v (%v), want %v", root, err, want.Root())
		}
	})
}

// Proofs from the kept hashes hold, and hold for nothing else.
func TestProofs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		to := rapid.IntRange(1, 200).Draw(t, "to")
		from := rapid.IntRange(1, to).Draw(t, "from")
		entry := rapid.IntRange(1, from).Draw(t, "entry")
		old, _ := grow(from)
		edge, k := grow(to)
		consistency, err := k.reader().Consistency(int64(from), int64(to))
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckConsistency(consistency, int64(from), old.Root(), int64(to), edge.Root()); err != nil {
			t.Fatal(err)
		}
		inclusion, err := k.reader().Inclusion(int64(entry), int64(to))
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckInclusion(inclusion, int64(entry), k[entry-1][0], int64(to), edge.Root()); err != nil {
			t.Fatal(err)
		}
		other := LeafHash([]byte("rewritten"))
		if CheckInclusion(inclusion, int64(entry), other, int64(to), edge.Root()) == nil {
			t.Fatal("another leaf was proved")
		}
		if CheckConsistency(consistency, int64(from), other, int64(to), edge.Root()) == nil {
			t.Fatal("another old root was proved")
		}
	})
}

func TestParseEdgeRefusesTheWrongNumberOfHashes(t *testing.T) {
	edge, _ := grow(5)
	for size, stored := range map[int64][]byte{4: edge.Bytes(), 5: edge.Bytes()[:32], 7: edge.Bytes()[1:], -1: nil} {
		if _, err := ParseEdge(size, stored); err == nil {
			t.Errorf("an edge of %d bytes was taken for %d entries", len(stored), size)
		}
	}
}
