package view

import (
	"cmp"
	"encoding/xml"
	"net/url"
	"slices"
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// newsItems is how many of the newest items a feed holds.
const newsItems = 50

// atomFeed is RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Content string   `xml:"content,omitempty"`

	at time.Time
}

// News is a feed of what changed (RFC 4287): the figure of each past day on which it moved, and the acts in rows. The same state gives the
// same bytes.
func News(f Frame, p metrics.Program, a metrics.Assessment, rows []TrailRow, base string) ([]byte, error) {
	w := words{f.Lang, p.Zone}
	n := news{w, f, p, base}
	feed := atomFeed{
		Lang: f.Lang.Tag(), ID: n.tag("news"), Title: w.text(p.Name), Updated: rfc3339(p.RecordedAt), Author: atomAuthor{"Tenggat"},
		Links: []atomLink{{"alternate", "text/html", base + ProgramPath(p.Key)}},
	}
	entries := n.days(a)
	for _, row := range rows {
		entries = append(entries, n.act(row))
	}
	slices.SortStableFunc(entries, func(x, y atomEntry) int { return cmp.Or(y.at.Compare(x.at), cmp.Compare(x.ID, y.ID)) })
	feed.Entries = entries[:min(len(entries), newsItems)]
	body, err := xml.MarshalIndent(feed, "", " ")
	return append([]byte(xml.Header), append(body, '\n')...), err
}

type news struct {
	words
	frame   Frame
	program metrics.Program
	base    string
}

// tag names a thing for good (RFC 4151), whatever its address becomes.
func (n news) tag(thing string) string {
	host := "tenggat"
	if u, err := url.Parse(n.base); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "tag:" + host + "," + n.program.Start.String() + ":" + n.program.Key + "/" + thing
}

// days tells the figure of each day that has ended and on which it moved.
func (n news) days(a metrics.Assessment) []atomEntry {
	var entries []atomEntry
	before := metrics.BasisPoints(0)
	for _, point := range a.Curve.Points {
		if point.Day < a.Today && point.Reported != before {
			entries = append(entries, atomEntry{
				ID: n.tag("day/" + point.Day.String()), Title: n.T(i18n.NewsDay, n.day(point.Day), n.ofWhole(n.share(point.Reported, false))), Content: n.T(i18n.NewsChange, n.signed(point.Reported-before)),
				Link: n.page("/days/" + point.Day.String()), at: point.Day.End(n.program.Zone).UTC(),
			})
		}
		before = point.Reported
	}
	for i := range entries {
		entries[i].Updated = rfc3339(entries[i].at)
	}
	return entries
}

// act tells an entry as the audit trail does.
func (n news) act(row TrailRow) atomEntry {
	line := n.trailLine(n.frame, n.program, row)
	entry := atomEntry{
		ID: n.tag("entry/" + strconv.FormatInt(row.Entry, 10)), Title: line.What, Updated: rfc3339(row.RecordedAt), Content: join(line.Change, line.Text), Link: n.page("/audit"), at: row.RecordedAt,
	}
	if line.Href != "" {
		entry.Link.Href = n.base + line.Href
	}
	return entry
}

func (n news) page(rest string) atomLink {
	return atomLink{"alternate", "text/html", n.base + ProgramPath(n.program.Key) + rest}
}

func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }
