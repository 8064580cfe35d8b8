package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"tenggat/internal/postgres"
)

type schemaCommand struct {
	Up     schemaUpCommand     `cmd:"" help:"Apply every schema change that the database has not had. Needs the owner's login."`
	Status schemaStatusCommand `cmd:"" help:"List the schema changes this program knows and whether the database has had them."`
}

type schemaUpCommand struct{}

// Run applies schema changes.
func (schemaUpCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withOwner(ctx, s, c, func(owner string) error {
		applied, err := postgres.SchemaUp(ctx, owner)
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"applied": applied}, func(w io.Writer) {
			for _, a := range applied {
				fmt.Fprintf(w, "applied %d %s\n", a.Version, a.Name)
			}
			fmt.Fprintln(w, "The schema is up to date.")
		})
	})
}

type schemaStatusCommand struct{}

// Run lists schema changes.
func (schemaStatusCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withOwner(ctx, s, c, func(owner string) error {
		changes, err := postgres.SchemaStatus(ctx, owner)
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"changes": changes}, func(w io.Writer) {
			for _, change := range changes {
				state := "pending"
				if change.Applied {
					state = "applied " + change.AppliedAt.UTC().Format("2006-01-02 15:04Z")
				}
				fmt.Fprintf(w, "%d %s: %s\n", change.Version, change.Name, state)
			}
		})
	})
}

// withOwner runs f with the owner's login.
func withOwner(ctx context.Context, s *streams, c *settings, f func(owner string) error) (err error) {
	logger, err := c.logger(s.err)
	if err != nil {
		return err
	}
	d, err := openDatabase(ctx, c, logger, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	return f(d.owner)
}
