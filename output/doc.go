// Package output writes scored articles as the three tables documents,
// statements and tones, and reads them back. The tables are the public
// contract of Détente: schema.go says what stands in each column.
//
//	Document ─► rows ─► parts of the batch ─► row groups ─► staged files ─► commit ─► dataset
//	            rows.go  batch.go, rewrite.go  parquet.go    file.go         publish.go
//	                                           ipc.go        grow.go         log.go
//
// # Layout
//
// A dataset is a folder with a folder for each table, Hive-partitioned by the
// month in which the document was published, and one for its state:
//
//	tone/documents/year=2014/month=2/part-000017-000.parquet
//	tone/statements/year=2014/month=2/part-000017-000.parquet
//	tone/tones/year=2014/month=2/part-000017-000.parquet
//	tone/_detente/commits/000017.json    what commit 17 added, with hashes
//	tone/_detente/lock                   held and signed by the process that writes
//	tone/_detente/staging/…              files of the commit to come
//
// Documents without a date go to year=0/month=0. The three files of one name
// are a part: some documents with all their statements and tones. A document
// of an id that is there already, with another content, takes the place of the old
// one. The bytes depend on the sequence of documents and commits and on Meta,
// and on nothing else, the clock and the number of processors included.
//
// # Commits
//
// A batch of documents is committed as a whole:
//
//  1. Its files are written to staging/ under names that end in .new, so that no
//     glob finds them, not even one over the whole folder. They and their
//     folders are synced.
//  2. The record is put into commits/ as 000017.pending, by a rename, and synced.
//     This is the commit: what comes before is undone by clearing staging/, what
//     comes after is done by whoever comes next.
//  3. The files are renamed into their places: all of documents, then of
//     statements, then of tones; in each table new files before those that
//     replace others. Then the folders are synced.
//  4. The record is renamed to 000017.json.
//
// Open finishes a pending commit and clears staging/, so a killed run needs no
// repair by hand. A record that is "complete" lists all files; those before it
// are deleted. The first one is complete, and every 64th.
//
// The part of an old document is written anew without it, and the new one goes to
// the end of the same files, so that the rename of step 3 takes away the one and
// brings the other. Only if it was published in another month, or the old part's
// other documents were scored by other lexicons, the new one goes to a new part;
// it appears just before the old one disappears. A Parquet file written anew
// begins with the bytes of the old one (grow.go), for readers that open a file
// more than once. A run never takes a name away: a file that has lost its last row
// stays, without rows, until Compact, which also gives back what is dead.
//
// # Object stores
//
// A dataset may lie in a bucket, s3://bucket/tone, with the same objects as files
// above save the lock. A Writer then works on a copy in a temporary folder and
// makes each commit in the bucket first (remote.go):
//
//  1. Its files are put to staging/ beneath a random name, ending in .new.
//  2. 000017.pending is put, on the condition that there is none, with that name in
//     it. This is the commit. Whoever finds one there already, or 000017.json, has been overtaken
//     by another run and fails.
//  3. The staged objects are copied to their places, in the order of step 3 above.
//  4. 000017.json is put; 000017.pending and the staged objects are removed.
//
// Each of these puts and copies is seen whole or not at all. Two processes may
// do steps 3 and 4 of the same commit, as one does that finds a pending record
// and cannot know whether the other still lives: both write the same bytes.
//
// # What readers see
//
// Readers list the files and open them. They need no lock and see whole files
// only. There is no moment in which a table lacks a document that it had, or in
// which a statement or tone is there and its document is not; hence a reader that
// reads tones before statements before documents finds for each row the document
// it belongs to, whatever is committed meanwhile. While step 3 lasts, some
// milliseconds, or until the next run where a process was killed in it, readers may see
//
//   - documents of the new commit, and not yet their statements or tones;
//   - a changed document with its new text, and the statements of the old one;
//   - a document that moves to another part twice, or, if they listed the files
//     before the step and open them after it, not at all;
//   - by Compact, and by Force, rows twice, or no file where they had listed one.
//
// Who cannot have that lists commits/ before and after: if the last name is the same
// and ends in .json, what was read in between is one commit, all of it.
//
// # Failures
//
//   - Killed, or power lost, before step 2: the batch is lost, the dataset as it
//     was. After it: as above, until the next run.
//   - Disk full, quota, read-only folder: the files that grow are all staged, and
//     folders are made before step 2; the commit does not happen, and those before it stay.
//   - Two runs: the second one fails with ErrLocked and names the first. The
//     operating system frees the lock of a process that is killed. In a bucket
//     the run fails that commits later, at its commit.
//   - Clock: nothing depends on it but the time that status shows, which is that of the record's file.
//     Staged objects are abandoned by the clock of their store.
//   - The log lost or damaged: refused, since nothing else tells which files
//     are whole; the tables are still there to be read. Force starts again.
//   - A dataset of a newer version: refused with ErrNewer.
package output
