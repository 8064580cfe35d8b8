//go:build e2e

package e2e

import (
	"bytes"
	"flag"
	"image/png"
	"net/http"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"tenggat/internal/access"
	"tenggat/internal/demo"
)

var (
	updateImages = flag.Bool("update-images", false, "take the pictures of the documentation anew")
	takePictures = flag.Bool("pictures", false, "leave pictures of every page and state, in every look, in the artifacts")
)

// The README's picture: the overview of the real case as of 12 March 2024. To take it anew:
//
//	go test -count=1 -tags e2e -run ReadmePicture ./e2e -update-images
const (
	readmePicture = "../docs/img/overview.png"
	readmePage    = "/programs/" + demo.Replay + "?as_of=2024-03-12&lang=en"
	readmeWidth   = 1280
	readmeHeight  = 1330 // down to the end of the chart
)

func TestReadmePicture(t *testing.T) {
	if *updateImages {
		tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive))
		tb.do(chromedp.EmulateViewport(readmeWidth, readmeHeight))
		tb.open(readmePage)
		tb.wantStatus(http.StatusOK)
		if err := os.WriteFile(readmePicture, run(tb, chromedp.CaptureScreenshot()), 0o644); err != nil { //nolint:gosec // part of the documentation
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(readmePicture)
	if err != nil {
		t.Fatalf("%v: take it with -update-images", err)
	}
	picture, err := png.DecodeConfig(bytes.NewReader(content))
	if err != nil || picture.Width != readmeWidth || picture.Height != readmeHeight {
		t.Errorf("%s is %d × %d (%v), want %d × %d: take it anew with -update-images", readmePicture, picture.Width, picture.Height, err, readmeWidth, readmeHeight)
	}
}
