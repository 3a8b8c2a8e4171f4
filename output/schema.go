package output

// SchemaVersion is the version of the tables, written into every file as
// detente.schema. It changes when a column is added, removed or means something else.
const SchemaVersion = "1"

// schemaKey is the name of SchemaVersion in a file's metadata.
const schemaKey = "detente.schema"

// The tables. A column's field gives its place in the row and, by the type of
// that place, its Arrow type; see column.go.
var (
	documents = newTable("documents", []column[DocumentRow]{
		{name: "doc_id", field: func(r *DocumentRow) any { return &r.DocID },
			doc: "the document's own id, else a hash of publisher, url or path, and title"},
		{name: "uri", field: func(r *DocumentRow) any { return &r.URI },
			doc: "where it was read: file and record, e.g. feed.jsonl.gz:17"},
		{name: "publisher", nullable: true, repeats: true, field: func(r *DocumentRow) any { return &r.Publisher },
			doc: "who published it"},
		{name: "url", nullable: true, field: func(r *DocumentRow) any { return &r.URL },
			doc: "its address"},
		{name: "title", nullable: true, field: func(r *DocumentRow) any { return &r.Title },
			doc: "its headline"},
		{name: "published", nullable: true, field: func(r *DocumentRow) any { return &r.Published },
			doc: "when it was published, UTC; the folder's year and month are taken from it"},
		{name: "published_from", repeats: true, field: func(r *DocumentRow) any { return &r.PublishedFrom },
			doc: "where published was found: field, json-ld, meta, feed, filename or none"},
		{name: "language", repeats: true, field: func(r *DocumentRow) any { return &r.Language },
			doc: "ISO 639-1 code, und = unknown"},
		{name: "text", nullable: true, field: func(r *DocumentRow) any { return &r.Text },
			doc: "the input's text, invalid UTF-8 and line ends repaired; null with --no-text"},
		{name: "content_hash", field: func(r *DocumentRow) any { return &r.ContentHash },
			doc: "XXH3-128 of title, date and text, in hex"},
		{name: "duplicate_of", nullable: true, repeats: true, field: func(r *DocumentRow) any { return &r.DuplicateOf },
			doc: "doc_id of the first document that this one is a copy of, perhaps with small edits; null for the first itself"},
		{name: "sentences", field: func(r *DocumentRow) any { return &r.Sentences },
			doc: "number of sentences"},
		{name: "statements", field: func(r *DocumentRow) any { return &r.Statements },
			doc: "number of statements: its rows in the table statements"},
		{name: "warnings", field: func(r *DocumentRow) any { return &r.Warnings },
			doc: "what was odd about the input"},
		{name: "signature", nullable: true, field: func(r *DocumentRow) any { return &r.Signature },
			doc: "by this later runs find copies of the document without reading its text"},
	})

	statements = newTable("statements", []column[StatementRow]{
		{name: "statement_id", field: func(r *StatementRow) any { return &r.StatementID },
			doc: "doc_id:ordinal"},
		{name: "doc_id", repeats: true, field: func(r *StatementRow) any { return &r.DocID },
			doc: "the document it stands in"},
		{name: "published", nullable: true, field: func(r *StatementRow) any { return &r.Published },
			doc: "when the document was published, UTC"},
		{name: "ordinal", field: func(r *StatementRow) any { return &r.Ordinal },
			doc: "0, 1, … within the document, in text order"},
		{name: "utterance", field: func(r *StatementRow) any { return &r.Utterance },
			doc: "number within the document, shared by the sentences and parts of one quotation"},
		{name: "start", field: func(r *StatementRow) any { return &r.Start },
			doc: "first code point in documents.text"},
		{name: "end", field: func(r *StatementRow) any { return &r.End },
			doc: "code point after the last in documents.text"},
		{name: "text", field: func(r *StatementRow) any { return &r.Text },
			doc: "the statement's words: documents.text[start:end]"},
		{name: "kind", repeats: true, field: func(r *StatementRow) any { return &r.Kind },
			doc: "direct (quoted), mixed (partly quoted), indirect (reported) or action (a deed)"},
		{name: "cue", nullable: true, repeats: true, field: func(r *StatementRow) any { return &r.Cue },
			doc: "the reporting word or the deed, e.g. said"},
		{name: "cue_start", nullable: true, field: func(r *StatementRow) any { return &r.CueStart },
			doc: "first code point of cue in documents.text"},
		{name: "cue_end", nullable: true, field: func(r *StatementRow) any { return &r.CueEnd },
			doc: "code point after cue in documents.text"},
		{name: "speaker", nullable: true, repeats: true, field: func(r *StatementRow) any { return &r.Speaker },
			doc: "who speaks or acts, as written, e.g. a State Department spokesman"},
		{name: "speaker_start", nullable: true, field: func(r *StatementRow) any { return &r.SpeakerStart },
			doc: "first code point of speaker in documents.text"},
		{name: "speaker_end", nullable: true, field: func(r *StatementRow) any { return &r.SpeakerEnd },
			doc: "code point after speaker in documents.text"},
		{name: "speaker_name", nullable: true, repeats: true, field: func(r *StatementRow) any { return &r.SpeakerName },
			doc: "who that is, e.g. Nicolás Maduro"},
		{name: "source", nullable: true, repeats: true, field: func(r *StatementRow) any { return &r.Source },
			doc: "actor code of the speaker, e.g. VEN or VEN-OPP"},
		{name: "date", nullable: true, repeats: true, field: func(r *StatementRow) any { return &r.Date },
			doc: "when it was said or done; first day of the month or year if no more is known"},
		{name: "date_precision", repeats: true, field: func(r *StatementRow) any { return &r.DatePrecision },
			doc: "day, month, year, or document: the text gives no date and the day of publication stands in"},
		{name: "date_text", nullable: true, repeats: true, field: func(r *StatementRow) any { return &r.DateText },
			doc: "the words that give the date"},
	})

	tones = newTable("tones", []column[ToneRow]{
		{name: "statement_id", field: func(r *ToneRow) any { return &r.StatementID },
			doc: "the statement that carries the tone"},
		{name: "doc_id", repeats: true, field: func(r *ToneRow) any { return &r.DocID },
			doc: "the document it stands in"},
		{name: "published", nullable: true, field: func(r *ToneRow) any { return &r.Published },
			doc: "when the document was published, UTC"},
		{name: "duplicate", field: func(r *ToneRow) any { return &r.Duplicate },
			doc: "the document is a copy of another: leave it out of counts"},
		{name: "kind", repeats: true, field: func(r *ToneRow) any { return &r.Kind },
			doc: "kind of the statement"},
		{name: "date", nullable: true, repeats: true, field: func(r *ToneRow) any { return &r.Date },
			doc: "date of the statement"},
		{name: "date_precision", repeats: true, field: func(r *ToneRow) any { return &r.DatePrecision },
			doc: "precision of date"},
		{name: "source", repeats: true, field: func(r *ToneRow) any { return &r.Source },
			doc: "actor code of who speaks or acts"},
		{name: "target", repeats: true, field: func(r *ToneRow) any { return &r.Target },
			doc: "actor code of whom it is about"},
		{name: "source_country", nullable: true, repeats: true, field: func(r *ToneRow) any { return &r.SourceCountry },
			doc: "ISO 3166-1 alpha-3 code of source, null for organisations"},
		{name: "target_country", nullable: true, repeats: true, field: func(r *ToneRow) any { return &r.TargetCountry },
			doc: "ISO 3166-1 alpha-3 code of target, null for organisations"},
		{name: "tone", field: func(r *ToneRow) any { return &r.Tone },
			doc: "-1 hostile … +1 conciliatory"},
		{name: "label", repeats: true, field: func(r *ToneRow) any { return &r.Label },
			doc: "hostile, neutral or conciliatory"},
		{name: "confidence", field: func(r *ToneRow) any { return &r.Confidence },
			doc: "chance that source, target and label are right: of rows at 0.8, 80% are"},
		{name: "lexicon", field: func(r *ToneRow) any { return &r.Lexicon },
			doc: "the lexicons' share of tone, -1 … +1"},
		{name: "sentiment", field: func(r *ToneRow) any { return &r.Sentiment },
			doc: "the model's share of tone, -1 … +1"},
		{name: "evidence", field: func(r *ToneRow) any { return &r.Evidence },
			doc: "the words the tone rests on: term as written, start and end in code points of documents.text, the lexicon entry's category, and the valence it had"},
	})
)

// Column describes one column of the tables, for manuals.
type Column struct {
	Table    string
	Name     string
	Type     string // e.g. "timestamp[us, UTC]"
	Nullable bool
	Doc      string
}

// Columns lists the columns of all tables in their order.
func Columns() []Column {
	list := documents.describe(nil)
	list = statements.describe(list)
	return tones.describe(list)
}
