package output

import "slices"

// ComparisonRow is a row of what pipeline compare writes. Of an unbounded
// window the day is the zero Day.
type ComparisonRow struct {
	Source, Target              string
	BeforeFrom, BeforeTo        Day
	AfterFrom, AfterTo          Day
	Before, After               WindowFigures
	Difference, DifferenceLow   Number
	DifferenceHigh, Delta, P, Q Number
	Shown                       bool
	Undated                     int32
	Warnings                    []string
}

// PointRow is a row of what pipeline series writes: a dyad's tone in a window.
type PointRow struct {
	Source, Target string
	From, To       Day
	WindowFigures
	Change       bool
	ChangeBefore Number
	ChangeAfter  Number
}

// WindowFigures are what is told of one window.
type WindowFigures struct {
	Statements, Documents          int32
	Mean, Low, High                Number
	Hostile, Neutral, Conciliatory Number
	Imprecise                      int32
}

var (
	comparisons = newTable("comparisons", slices.Concat(
		[]column[ComparisonRow]{
			{name: "source", field: func(r *ComparisonRow) any { return &r.Source },
				doc: "actor code of who speaks or acts, * = anyone"},
			{name: "target", field: func(r *ComparisonRow) any { return &r.Target },
				doc: "actor code of whom it is about, * = anyone"},
			{name: "before_from", nullable: true, field: func(r *ComparisonRow) any { return &r.BeforeFrom },
				doc: "first day of the window before"},
			{name: "before_to", nullable: true, field: func(r *ComparisonRow) any { return &r.BeforeTo },
				doc: "last day of it"},
			{name: "after_from", nullable: true, field: func(r *ComparisonRow) any { return &r.AfterFrom },
				doc: "first day of the window after"},
			{name: "after_to", nullable: true, field: func(r *ComparisonRow) any { return &r.AfterTo },
				doc: "last day of it"},
		},
		figures("before_", func(r *ComparisonRow) *WindowFigures { return &r.Before }),
		figures("after_", func(r *ComparisonRow) *WindowFigures { return &r.After }),
		[]column[ComparisonRow]{
			{name: "difference", nullable: true, field: func(r *ComparisonRow) any { return &r.Difference },
				doc: "after_mean - before_mean"},
			{name: "difference_low", nullable: true, field: func(r *ComparisonRow) any { return &r.DifferenceLow },
				doc: "lower end of its interval"},
			{name: "difference_high", nullable: true, field: func(r *ComparisonRow) any { return &r.DifferenceHigh },
				doc: "upper end of its interval"},
			{name: "delta", nullable: true, field: func(r *ComparisonRow) any { return &r.Delta },
				doc: "Cliff's delta, -1 … 1: chance that a statement after is friendlier than one before, less the chance that it is less so"},
			{name: "p", nullable: true, field: func(r *ComparisonRow) any { return &r.P },
				doc: "two-sided p of a permutation of documents"},
			{name: "q", nullable: true, field: func(r *ComparisonRow) any { return &r.Q },
				doc: "p adjusted over all rows (Benjamini-Hochberg)"},
			{name: "shown", field: func(r *ComparisonRow) any { return &r.Shown },
				doc: "q is below the level: a difference is shown"},
			{name: "undated", field: func(r *ComparisonRow) any { return &r.Undated },
				doc: "statements left out because they have no date"},
			{name: "warnings", field: func(r *ComparisonRow) any { return &r.Warnings },
				doc: "reasons to read the row with care"},
		}))

	series = newTable("series", slices.Concat(
		[]column[PointRow]{
			{name: "source", field: func(r *PointRow) any { return &r.Source },
				doc: "actor code of who speaks or acts, * = anyone"},
			{name: "target", field: func(r *PointRow) any { return &r.Target },
				doc: "actor code of whom it is about, * = anyone"},
			{name: "from", field: func(r *PointRow) any { return &r.From },
				doc: "first day of the window"},
			{name: "to", field: func(r *PointRow) any { return &r.To },
				doc: "last day of the window"},
		},
		figures("", func(r *PointRow) *WindowFigures { return &r.WindowFigures }),
		[]column[PointRow]{
			{name: "change", field: func(r *PointRow) any { return &r.Change },
				doc: "the tone changes at this window"},
			{name: "change_before", nullable: true, field: func(r *PointRow) any { return &r.ChangeBefore },
				doc: "mean tone of documents between the change before and this one"},
			{name: "change_after", nullable: true, field: func(r *PointRow) any { return &r.ChangeAfter },
				doc: "mean tone of documents between this change and the next"},
		}))
)

// figures are the columns of a window, with a prefix to their names.
func figures[R any](prefix string, of func(*R) *WindowFigures) []column[R] {
	return []column[R]{
		{name: prefix + "statements", field: func(r *R) any { return &of(r).Statements },
			doc: "statements in the window"},
		{name: prefix + "documents", field: func(r *R) any { return &of(r).Documents },
			doc: "documents that they stand in"},
		{name: prefix + "mean", nullable: true, field: func(r *R) any { return &of(r).Mean },
			doc: "mean tone of the statements, null without any"},
		{name: prefix + "low", nullable: true, field: func(r *R) any { return &of(r).Low },
			doc: "lower end of its interval, null with fewer than two documents"},
		{name: prefix + "high", nullable: true, field: func(r *R) any { return &of(r).High },
			doc: "upper end of its interval"},
		{name: prefix + "hostile", nullable: true, field: func(r *R) any { return &of(r).Hostile },
			doc: "share of hostile statements"},
		{name: prefix + "neutral", nullable: true, field: func(r *R) any { return &of(r).Neutral },
			doc: "share of neutral statements"},
		{name: prefix + "conciliatory", nullable: true, field: func(r *R) any { return &of(r).Conciliatory },
			doc: "share of conciliatory statements"},
		{name: prefix + "imprecise", field: func(r *R) any { return &of(r).Imprecise },
			doc: "statements left out because their month or year only overlaps the window"},
	}
}
