//go:build cloud

package ingest

// The stores of the clouds, which make the program 1.6 times as large.
import (
	_ "gocloud.dev/blob/gcsblob"
	_ "gocloud.dev/blob/s3blob"
)
