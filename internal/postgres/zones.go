package postgres

import (
	"sync"
	"time"
)

// zones are those that programs were met in: time.LoadLocation opens a file each time, and a list has many programs.
var zones sync.Map // name to *time.Location

func loadZone(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, zone)
	}
	return zone, err
}
