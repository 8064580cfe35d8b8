package ledger

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a SHA-256 of the Merkle tree over a program's ledger. Written as text it is base64, as in a checkpoint.
type Hash = tlog.Hash

// LeafHash is what the tree holds of an entry: RFC 6962's SHA-256(0x00, canonical bytes).
func LeafHash(canonical []byte) Hash { return tlog.RecordHash(canonical) }

// ParseHash reads a hash from its base64, of which there is one: no two texts stand for the same hash.
func ParseHash(text string) (Hash, error) {
	h, err := tlog.ParseHash(text)
	if err == nil && h.String() != text {
		err = fmt.Errorf("%q is not how a hash is written", text)
	}
	return h, err
}

// Edge is the right edge of a tree: the roots of its complete subtrees, the largest first, one for each bit of Size that is
// set. It is all that is needed to add leaves and to tell the root.
type Edge struct {
	Size  int64 // entries
	Roots []Hash
}

// Append adds the leaf of entry Size+1 and returns the hashes that it completes: the leaf itself, then the subtrees that end with
// it, ever larger ones.
func (e *Edge) Append(leaf Hash) []Hash {
	completed := []Hash{leaf}
	left := len(e.Roots)
	for range bits.TrailingZeros64(uint64(e.Size) + 1) {
		left--
		leaf = tlog.NodeHash(e.Roots[left], leaf)
		completed = append(completed, leaf)
	}
	e.Roots = append(e.Roots[:left:left], leaf) // in new memory: a copy of the edge stays what it was
	e.Size++
	return completed
}

// Root is the hash of the whole tree. Of an empty one it is the SHA-256 of nothing.
func (e Edge) Root() Hash {
	if len(e.Roots) == 0 {
		root, _ := tlog.TreeHash(0, nil) // reads nothing and cannot fail
		return root
	}
	root := e.Roots[len(e.Roots)-1]
	for i := len(e.Roots) - 2; i >= 0; i-- {
		root = tlog.NodeHash(e.Roots[i], root)
	}
	return root
}

// Bytes are the roots one after another, as a head keeps them.
func (e Edge) Bytes() []byte { return JoinHashes(e.Roots) }

// ParseEdge reads the edge of a tree of size entries. It is an error if that is not how many hashes there are.
func ParseEdge(size int64, stored []byte) (Edge, error) {
	roots, err := SplitHashes(stored)
	if err != nil {
		return Edge{}, err
	}
	if size < 0 || bits.OnesCount64(uint64(size)) != len(roots) {
		return Edge{}, fmt.Errorf("the edge of a tree of %d entries has not %d hashes", size, len(roots))
	}
	return Edge{size, roots}, nil
}

// JoinHashes writes hashes one after another.
func JoinHashes(hashes []Hash) []byte {
	joined := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		joined = append(joined, h[:]...)
	}
	return joined
}

// SplitHashes reads what JoinHashes wrote.
func SplitHashes(joined []byte) ([]Hash, error) {
	if len(joined)%tlog.HashSize != 0 {
		return nil, fmt.Errorf("%d bytes are no row of hashes", len(joined))
	}
	hashes := make([]Hash, len(joined)/tlog.HashSize)
	for i := range hashes {
		copy(hashes[i][:], joined[i*tlog.HashSize:])
	}
	return hashes, nil
}

// Place is where a hash of the tree is kept: with the entry that completes it, as the Level-th of the hashes it completes.
type Place struct {
	Entry int64
	Level int // 0: the leaf itself; n: the root of the 2^n entries that end with Entry
}

// HashReader gives the hashes at some places, in their order.
type HashReader func([]Place) ([]Hash, error)

// read adapts r to what tlog numbers hashes by.
func (r HashReader) read() tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]Hash, error) {
		places := make([]Place, len(indexes))
		for i, index := range indexes {
			level, n := tlog.SplitStoredHashIndex(index)
			places[i] = Place{(n + 1) << level, level}
		}
		return r(places)
	})
}

// Root is the hash of the tree of the first size entries.
func (r HashReader) Root(size int64) (Hash, error) { return tlog.TreeHash(size, r.read()) }

// Inclusion proves that an entry is in the tree of the first size entries. 1 <= entry <= size.
func (r HashReader) Inclusion(entry, size int64) ([]Hash, error) {
	return tlog.ProveRecord(size, entry-1, r.read())
}

// Consistency proves that the tree of the first to entries begins with the tree of the first from. 1 <= from <= to.
func (r HashReader) Consistency(from, to int64) ([]Hash, error) {
	return tlog.ProveTree(to, from, r.read())
}

// CheckInclusion reports as an error that proof does not show leaf to be entry of the tree of size entries with that root.
func CheckInclusion(proof []Hash, entry int64, leaf Hash, size int64, root Hash) error {
	return tlog.CheckRecord(proof, size, root, entry-1, leaf)
}

// CheckConsistency reports as an error that proof does not show the tree of to entries to begin with the one of from entries.
func CheckConsistency(proof []Hash, from int64, fromRoot Hash, to int64, toRoot Hash) error {
	return tlog.CheckTree(proof, to, toRoot, from, fromRoot)
}
