package stages

// The stages, in order. Each is a plain function or a small struct with one
// method, safe for concurrent use and deterministic; cmd/pipeline/chain.go is
// the one place that puts them in order.
//
//	files, stdin ─► ingest ─► dedup ───► segment ─► actor ─► parse ─► attribute ─► date ─► tone ─► output
//	                Article   Signature  tokens,    who is   which    cue, speaker,  when   how     Parquet,
//	                                     sentences, named    word     source and                    Arrow IPC
//	                                     quotations          hangs    targets
//	                                                         on which
//
// dedup alone looks at more than one article. A signature is made where the
// article is; whose copy it is shows in the order of the input, just before
// output.
//
// Between attribute and tone stand the Relations: every way in which a
// statement's words tie a source to a target. attribute finds more of them than
// are true; tone weighs them. The sentiment model (package sentiment) reaches
// tone as a function.
//
// What output wrote is read again by two packages that follow no article:
// evaluate holds it against annotations, window compares days. The command
// hands them the rows as plain structs.
//
// A stage imports only this package and the lexicons; output imports this
// package; cmd imports all. A test that parses the imports holds the rule.
