package metrics

import "time"

// Release is the newest word on what of the program is public: figures of one moment, or nothing any more.
type Release struct {
	Withdrawn  bool
	Badge      bool      // other sites may show the figure as a picture
	AsOf       time.Time // of the figures; zero: withdrawn
	Figures    int64     // the last entry that the figures rest on; 0: withdrawn
	Reason     Text      // why it was withdrawn
	By         string    // pseudonym
	Entry      int64
	RecordedAt time.Time
}
