package metrics

import "time"

// Release is the newest word on what of the program is public: figures of one moment, or nothing any more.
type Release struct {
	Withdrawn  bool
	AsOf       time.Time // of the figures; zero: withdrawn
	Reason     Text      // why it was withdrawn
	RecordedAt time.Time
}
