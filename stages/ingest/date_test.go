package ingest

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	const evening, day = "2014-02-05T22:15:00Z", "2014-02-05T00:00:00Z"
	for _, test := range []struct{ in, want, warning string }{
		// ISO and RFC 3339
		{"2014-02-05", day, ""},
		{"2014-2-5", day, ""},
		{"2014/02/05", day, ""},
		{"2014-02-05T22:15:00Z", evening, ""},
		{"2014-02-05t22:15:00z", evening, ""},
		{"2014-02-05T22:15:00", evening, ""},
		{"2014-02-05 22:15", evening, ""},
		{"2014-02-05 22:15:00.000", evening, ""},
		{"2014-02-05T17:15:00-05:00", evening, ""},
		{"2014-02-05T17:15:00-0500", evening, ""},
		{"2014-02-05T17:15:00-05", evening, ""},
		{"2014-02-05 22:15:00 +0000 UTC", evening, ""},
		{"2014-02-05 22:15:00 UTC", evening, ""},
		{"2014-02-05T22:15:00.1234567Z", "2014-02-05T22:15:00.123456Z", ""},
		{"2014-02-05T23:30:00-05:00", "2014-02-06T04:30:00Z", ""},
		{"20140205", day, ""},
		{"20140205T221500Z", evening, ""},
		{"20140205T2215", evening, ""},
		{"20140205221500", evening, ""},
		// mail, web and agencies
		{"Wed, 05 Feb 2014 22:15:00 GMT", evening, ""},
		{"Wed, 5 Feb 2014 17:15:00 -0500", evening, ""},
		{"Wed, 05 Feb 2014 23:15:00 +0100 (CET)", evening, ""},
		{"05 Feb 14 22:15 UT", evening, ""},
		{"05 Feb 87", "1987-02-05T00:00:00Z", ""},
		{"Wed Feb  5 22:15:00 2014", evening, ""},
		{"Wed Feb  5 17:15:00 EST 2014", evening, ""},
		{"Wed Feb 05 2014 23:15:00 GMT+0100 (CET)", evening, ""},
		{"February 5, 2014", day, ""},
		{"Wednesday, February 5th, 2014", day, ""},
		{"Feb. 5, 2014 10:15 pm", evening, ""},
		{"Feb. 5, 2014 at 10:15 p.m.", evening, ""},
		{"Feb 5, 2014 10:15PM UTC", evening, ""},
		{"Feb. 5, 2014 12:15 am", "2014-02-05T00:15:00Z", ""},
		{"5 February 2014", day, ""},
		{"5th of February 2014", day, ""},
		{"05 Feb 2014", day, ""},
		{"05-Feb-2014", day, ""},
		{" 8-APR-1987 13:06:07.32", "1987-04-08T13:06:07.32Z", ""},
		{"Sept. 9, 2021", "2021-09-09T00:00:00Z", ""},
		// since 1970
		{"1391638500", evening, ""},
		{"1391638500.0", evening, ""},
		{"1.3916385e9", evening, ""},
		{"1391638500000", evening, ""},
		{"1391638500000000", evening, ""},
		// no guesses
		{"02/05/2014", "", WarnAmbiguousDate},
		{"2.5.2014", "", WarnAmbiguousDate},
		{"02-05-2014 10:15", "", WarnAmbiguousDate},
		{"25/02/2014", "2014-02-25T00:00:00Z", ""},
		{"02/25/2014", "2014-02-25T00:00:00Z", ""},
		{"05/05/2014", "2014-05-05T00:00:00Z", ""},
		{"Feb 5, 2014 10:15 IST", "2014-02-05T10:15:00Z", WarnUnknownZone},
		{"0000-00-00", "", WarnDateRange},
		{"0000-00-00 00:00:00", "", WarnDateRange},
		{"0001-01-01T00:00:00Z", "", WarnDateRange},
		{"9999-12-31", "", WarnDateRange},
		{"2100-12-31T23:00:00-05:00", "", WarnDateRange},
		{"1e300", "", WarnDateRange},
		{"2014-02-30", "", WarnUnreadableDate},
		{"2014-13-01", "", WarnUnreadableDate},
		{"2014", "", WarnUnreadableDate},
		{"February 2014", "", WarnUnreadableDate},
		{"Updated 5 Feb 2014", "", WarnUnreadableDate},
		{"2014-02-05T25:00:00Z", "", WarnUnreadableDate},
		{"2014-02-05 13:00 pm", "", WarnUnreadableDate},
		{"2014-02-05 and more", "", WarnUnreadableDate},
		{"yesterday", "", WarnUnreadableDate},
		{"NaN", "", WarnUnreadableDate},
		{"Inf", "", WarnDateRange},
		{"0", "", WarnUnreadableDate},
		{"", "", WarnUnreadableDate},
	} {
		got, warning := parseDate(test.in)
		want := time.Time{}
		if test.want != "" {
			var err error
			if want, err = time.Parse(time.RFC3339, test.want); err != nil {
				t.Fatal(err)
			}
		}
		if !got.Equal(want) || warning != test.warning {
			t.Errorf("parseDate(%q) = %v, %q; want %v, %q", test.in, got, warning, want, test.warning)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2014-02-05T22:15:00Z", "Wed, 05 Feb 2014 22:15:00 GMT", "Feb. 5, 2014 at 10:15 p.m.",
		"Wed Feb  5 22:15:00 EST 2014", "20140205T221500.5+0530", "1391638500.25", "05/05/2014", "8-APR-87", "a.m"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, warning := parseDate(s)
		if got.IsZero() {
			if warning == "" {
				t.Fatalf("%q: neither read nor warned of", s)
			}
			return
		}
		if got.Location() != time.UTC || !inRange(got) {
			t.Fatalf("%q: %v", s, got)
		}
		if again, _ := parseDate(got.Format(time.RFC3339Nano)); !again.Equal(got) {
			t.Fatalf("%q: %v reads as %v", s, got, again)
		}
	})
}
