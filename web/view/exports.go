package view

import (
	"strings"

	"tenggat/internal/i18n"
)

// exportFormats are the forms in which every table can be had, as they end a file's name.
func exportFormats() []string { return []string{"csv", "json"} }

func exportName(format string) string { return strings.ToUpper(format) }

// exportHref is where a table is as a file: path is below the program, such as /tables/items.
func (f Frame) exportHref(path, format string, filters []string) string {
	q := f.kept()
	for _, name := range filters {
		if value := f.Query.Get(name); value != "" {
			q.Set(name, value)
		}
	}
	if f.Program != nil {
		path = f.InProgram(path)
	}
	return address(path+"."+format, q)
}

// exportLabel tells one link from the others to whoever hears them out of their place.
func (f Frame) exportLabel(title, format string) string {
	return f.t(i18n.ExportFormat, title, exportName(format))
}
