package stages

// The stages, in order. Each is a plain function or a small struct with one
// method, safe for concurrent use and deterministic; cmd/pipeline/chain.go is
// the one place that puts them in order.
//
//	files, stdin ─► ingest ─► segment ─► actor ─► attribute ─► date ─► tone ─► output
//	                Article   tokens,    who is    cue, speaker,  when   how     Parquet,
//	                          sentences, named     source and                    Arrow IPC
//	                          quotations           targets
//
// A stage imports only this package, the lexicons and, of the stages before
// it, the one whose result it takes; output imports this package; cmd imports
// all. A test that parses the imports holds the rule.
