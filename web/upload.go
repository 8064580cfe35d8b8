package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"tenggat/internal/files"
	"tenggat/internal/i18n"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// Limits of uploads.
const (
	maxUploads    = 8               // at once; more are asked to come back
	uploadTimeout = 5 * time.Minute // for a whole upload or download, however slow the line
	maxDrained    = 4               // so many times the limit is read of a file that is too large, so that the browser hears why
)

// formFile is the name of the file field, and keptFile of the hidden one that names a file which came with an earlier sending.
const (
	formFile = "file"
	keptFile = "kept"
)

// upload is a form with a document: its other fields, and the file or what is wrong with it.
type upload struct {
	values url.Values
	file   *files.Received // nil: none came, or it was not taken
	wrong  error           // files.ErrTooLarge, ErrEmpty, ErrType
}

func (u *upload) close() {
	if u.file != nil {
		_ = u.file.Close() // a temporary file that has no name any more
	}
}

// isMultipart reports whether a request brings a form with files.
func isMultipart(h http.Header) bool {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// readUpload reads a form with a document. Every field must be one of those named, and be there at most once. Nothing of the file is
// held in memory. Allow the request its time before, and close the upload after.
func (s *Server) readUpload(r *request, names ...string) (*upload, error) {
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	default:
		return nil, retryIn(unavailable, 2*time.Second)
	}
	parts, err := multipartOf(r, s.config.UploadLimit*maxDrained+maxFormBody)
	if err != nil {
		return nil, err
	}
	u := &upload{values: url.Values{}}
	if err := u.read(parts, append(names, keptFile), s.config.UploadLimit); err != nil {
		u.close()
		return nil, err
	}
	return u, nil
}

// multipartOf is the parts of a request's form, of at most limit bytes together.
func multipartOf(r *request, limit int64) (*multipart.Reader, error) {
	if !isMultipart(r.Request().Header) || r.Request().Header.Get("Content-Encoding") != "" {
		return nil, &failure{kind: unsupportedType, detail: say(i18n.DetailFormType)}
	}
	r.Request().Body = http.MaxBytesReader(r.Response(), r.Request().Body, limit)
	parts, err := r.Request().MultipartReader()
	if err != nil {
		return nil, &failure{kind: malformedRequest, cause: err}
	}
	return parts, nil
}

// allow gives a request more time than others have: what it sends or is sent may be large. Call the function returned at its end.
func (r *request) allow(d time.Duration) context.CancelFunc {
	until := time.Now().Add(d)
	control := http.NewResponseController(r.Response())
	_ = errors.Join(control.SetReadDeadline(until), control.SetWriteDeadline(until.Add(10*time.Second))) // without them the usual limits hold
	ctx, cancel := context.WithDeadline(r.connection, until)
	r.SetRequest(r.Request().WithContext(ctx))
	return cancel
}

func (u *upload) read(parts *multipart.Reader, names []string, limit int64) error {
	for count := 0; ; count++ {
		part, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return unreadable(err)
		case part.FormName() == formFile && u.file == nil && u.wrong == nil:
			if err := u.readFile(part, limit); err != nil {
				return unreadable(err)
			}
		default:
			if err := readField(u.values, part, names); err != nil {
				return err
			}
		}
	}
}

// readFile takes the file in. One that is not taken is read to its end all the same, so that the fields around it are not lost.
func (u *upload) readFile(part *multipart.Part, limit int64) error {
	f, err := files.Receive(part, browserName.Replace(part.FileName()), limit)
	switch {
	case err == nil:
		u.file = f
		return nil
	case errors.Is(err, files.ErrEmpty) && part.FileName() == "": // no file was chosen
		return nil
	case errors.Is(err, files.ErrTooLarge), errors.Is(err, files.ErrEmpty), errors.Is(err, files.ErrType):
		u.wrong = err
		_, err = io.Copy(io.Discard, part)
	}
	return err
}

// browserName takes back how browsers write a file's name into a header.
var browserName = strings.NewReplacer("%22", `"`, "%0D", "\r", "%0A", "\n")

// readField reads one field that is no file.
func readField(values url.Values, part *multipart.Part, names []string) error {
	name := part.FormName()
	if !slices.Contains(names, name) || values.Has(name) && !strings.HasSuffix(name, many) || part.FileName() != "" {
		return fail(validationFailed, i18n.FormUnknown, name)
	}
	content, err := io.ReadAll(io.LimitReader(part, maxFormBody+1))
	if err != nil {
		return unreadable(err)
	}
	if len(content) > maxFormBody || len(values[name]) >= maxChoices {
		return fail(tooLarge, i18n.DetailTooLarge, int64(maxFormBody))
	}
	values.Add(name, string(content))
	return nil
}

// many ends the names of fields that may come more than once, such as checkboxes of one question.
const (
	many       = "_each"
	maxChoices = 1000
)

// unreadable is a body that ended early, came too slowly or was never framed right.
func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fail(tooLarge, i18n.DetailTooLarge, large.Limit)
	}
	return &failure{kind: malformedRequest, cause: err}
}

// keepUpload stores the document of a form, or looks up the one that came before, and says what is wrong with it. "" without an error in
// f: there is none. So a form that has to be mended need not be given its file again.
func (s *Server) keepUpload(ctx context.Context, f *formReader, u *upload, programID string) (stored postgres.File, err error) {
	switch {
	case errors.Is(u.wrong, files.ErrTooLarge):
		f.refuse(formFile, i18n.FileTooLarge, f.lang.Size(s.config.UploadLimit))
	case errors.Is(u.wrong, files.ErrEmpty):
		f.refuse(formFile, i18n.FileEmpty)
	case errors.Is(u.wrong, files.ErrType):
		f.refuse(formFile, i18n.FileType)
	case u.file != nil:
		stored = postgres.File{SHA256: u.file.SHA256, Size: u.file.Size, MediaType: u.file.MediaType, Name: u.file.Name}
		err = s.writer.StoreFile(ctx, programID, stored, u.file.Content())
		if errors.Is(err, postgres.ErrErased) {
			f.refuse(formFile, i18n.FileErasedBefore)
			return postgres.File{}, nil
		}
	case u.values.Get(keptFile) != "":
		stored, err = s.writer.StoredFile(ctx, programID, u.values.Get(keptFile))
		if errors.Is(err, postgres.ErrNotFound) || err == nil && !stored.ErasedAt.IsZero() {
			f.refuse(formFile, i18n.FileGone)
			return postgres.File{}, nil
		}
	}
	return stored, err
}

// uploadStatus is what a form is answered with that has to be mended: 413 where its file is too large.
func uploadStatus(u *upload) int {
	if errors.Is(u.wrong, files.ErrTooLarge) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusUnprocessableEntity
}

// againWith is the form as it was sent, with the document that it need not be given again.
func (f *formReader) againWith(stored postgres.File, fields ...string) view.Form {
	form := f.again(fields...)
	if stored.SHA256 != "" {
		form.Values[keptFile] = stored.SHA256
		form.Values[formFile] = fmt.Sprintf("%s, %s", stored.Name, f.lang.Size(stored.Size))
	}
	return form
}
