// Package output writes scored articles as the three tables documents,
// statements and tones, and reads them back. The tables are the public
// contract of Détente: schema.go says what stands in each column.
//
//	Document ─► rows ─► a buffer for each month ─► row groups ─► staging folder ─► dataset
//	            rows.go  dataset.go                 parquet.go                     commit.go
//	                                                ipc.go
//
// A dataset is a folder with a folder for each table, Hive-partitioned by the
// month in which the document was published:
//
//	tone/documents/year=2014/month=2/part-<run>-00000.parquet
//	tone/statements/year=2014/month=2/part-<run>-00000.parquet
//	tone/tones/year=2014/month=2/part-<run>-00000.parquet
//
// Documents without a date go to year=0/month=0. Rows of a file stand in the
// order of the input. The bytes depend on the sequence of documents and on
// Meta, and on nothing else.
//
// Everything is written beneath a hidden staging folder and renamed into place
// by Commit: a run that fails, is aborted or killed leaves the dataset as it was.
package output
