// Package view makes the pages: templ components, and for each a model that NewXModel builds from what was read and judged.
//
// A model holds finished texts and finished geometry, so that a component only places them. Nothing here knows a store, a web
// framework or a clock; the time a page speaks of comes with its assessment. Under the content security policy there is no
// style attribute and no script in a page: lengths are SVG geometry, looks are classes of static/css/tenggat.css.
package view
