//go:build cloud

package ingest

// The stores of the clouds, which make the program twice as large.
import (
	_ "gocloud.dev/blob/gcsblob"
	_ "gocloud.dev/blob/s3blob"
)
