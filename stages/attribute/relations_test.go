package attribute_test

import (
	"testing"
	"time"

	"detente/stages"
)

// TestRelations holds who is related to whom, along which route and with which
// sign, whatever the tone stage makes of it.
func TestRelations(t *testing.T) {
	c := newChain(t)
	const against, toward = -1, 1
	for _, x := range []struct {
		text           string
		source, target string
		route          stages.Route
		sign           float32
		not            bool // there is no such relation
	}{
		// What is asked for is wished: no blame of who is asked, no pity for whom it would hit.
		{text: "Latvia asked the EU to freeze the assets of Moldovan officers.", source: "LVA", target: "MDA", route: stages.Appeal, sign: against},
		{text: "Latvia asked the EU to freeze the assets of Moldovan officers.", source: "LVA", target: "EU", route: stages.SpeakerAgent, sign: against, not: true},
		{text: "Latvia asked the EU to freeze the assets of Moldovan officers.", source: "LVA", target: "MDA", route: stages.SpeakerVictim, sign: toward, not: true},
		{text: "Latvia accused Moldova of shelling Slovenia.", source: "LVA", target: "SVN", route: stages.SpeakerVictim, sign: toward},
		// Who is asked to stop a good thing does it.
		{text: "Latvia urged Moldova to stop selling arms to Slovenia.", source: "MDA", target: "SVN", route: stages.SubjectOblique, sign: toward},
		{text: "Moldova stopped selling arms to Slovenia.", source: "MDA", target: "SVN", route: stages.SubjectOblique, sign: against},
		// The condition of a threat names whom it is meant for.
		{text: "Latvia threatened to close the strait if Moldova attacked.", source: "LVA", target: "MDA", route: stages.SubjectFar, sign: against},
		{text: "Latvia threatened to close the strait when Moldova attacked.", source: "LVA", target: "MDA", route: stages.SubjectFar, sign: against, not: true},
		// Who votes a text down means its opposite, be it another's.
		{text: "Latvia vetoed a U.N. resolution condemning Moldova.", source: "LVA", target: "MDA", route: stages.SubjectFar, sign: toward},
		// A sentence without a coloured word names actors too, who may be meant next.
		{text: "The Moldovan parliament passed a bill on bees. Latvia condemned the law.", source: "LVA", target: "MDA-LEG", route: stages.ActorTopic, sign: against},
		// An answer is to who did something before.
		{text: "Slovenia praised Chile. Moldova insulted Latvia, and Latvia protested.", source: "LVA", target: "MDA", route: stages.ActorTopic, sign: against},
		// A denial reaches its clause.
		{text: "Latvia denied that it had threatened Moldova.", source: "LVA", target: "MDA", route: stages.SubjectObject, sign: against, not: true},
		// A refusal does not reach the verb beside it.
		{text: "Latvia rejected the charge and accused Moldova of piracy.", source: "LVA", target: "MDA", route: stages.SubjectObject, sign: against},
		// Of words that govern one another the upper tells.
		{text: "Moldova tested a missile. \"This is a threat to our allies,\" the Latvian minister said.", source: "LVA", target: "MDA", route: stages.SpeakerTopic, sign: against},
		{text: "Moldova tested a missile. \"This is a threat to our allies,\" the Latvian minister said.", source: "LVA", target: "MDA", route: stages.SpeakerTopic, sign: toward, not: true},
		// A newspaper only reports.
		{text: "Moldovan troops had attacked Latvia, Xinhua reported.", source: "CHN-MED", target: "MDA", route: stages.SpeakerAgent, sign: against, not: true},
		{text: "Xinhua reported that Moldovan troops had attacked Latvia.", source: "CHN-MED", target: "MDA", route: stages.SpeakerAgent, sign: against, not: true},
		{text: "The Chinese minister said that Moldovan troops had attacked Latvia.", source: "CHN", target: "MDA", route: stages.SpeakerAgent, sign: against},
	} {
		doc := c.document(x.text, time.Time{}, "")
		found := false
		for _, r := range doc.Relations {
			found = found || r.Source == x.source && r.Target == x.target && r.Route == x.route && r.Valence*r.Shift*x.sign > 0
		}
		if found == x.not {
			t.Errorf("%s\n\t%s > %s along route %d with sign %+g: found %v, want %v", x.text, x.source, x.target, x.route, x.sign, found, !x.not)
			for _, r := range doc.Relations {
				t.Logf("\t%s > %s along route %d: %.2f × %.2f", r.Source, r.Target, r.Route, r.Valence, r.Shift)
			}
		}
	}
}
