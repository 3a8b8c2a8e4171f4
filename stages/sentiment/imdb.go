package sentiment

import (
	"sync"

	"github.com/cdipaolo/sentiment"
)

// imdb is cdipaolo/sentiment as shipped: Naive Bayes over film reviews, two
// classes, without regard to the mention.
type imdb struct{}

// restore unpacks the model once, at its first use: it takes 0.2 s.
var restore = sync.OnceValues(sentiment.Restore)

func (imdb) Name() string { return "imdb" }

// Reader is the model itself: it remembers nothing.
func (m imdb) Reader() Reader { return m }

// Score gives all probability to the class of the passage as a whole; the
// library's own probabilities are not numbers on long texts.
func (imdb) Score(c *Context) (p [NClasses]float32) {
	models, err := restore()
	if err != nil || c.From >= c.To {
		p[Neutral] = 1
		return p
	}
	if models[sentiment.English].Predict(c.Doc.Text(c.From, c.To)) == 0 {
		p[Negative] = 1
	} else {
		p[Positive] = 1
	}
	return p
}
