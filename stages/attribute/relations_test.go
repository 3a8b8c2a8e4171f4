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
		// A verb and its particle, or what is done to its object, stand apart.
		{text: "Moldovan troops drove the Latvian soldiers out of the port.", source: "MDA", target: "LVA", route: stages.SubjectObject, sign: against},
		{text: "Moldova took Latvia to court.", source: "MDA", target: "LVA", route: stages.SubjectObject, sign: against},
		{text: "Moldova ordered the Latvian envoy to leave.", source: "MDA", target: "LVA", route: stages.SubjectObject, sign: against},
		{text: "Norway gave Moldova until Monday to free the crew.", source: "NOR", target: "MDA", route: stages.SubjectObject, sign: against},
		{text: "Norway gave Moldova 48 hours to free the crew.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: against},
		{text: "Moldova carried out a series of air strikes on Latvia.", source: "MDA", target: "LVA", route: stages.LightVerb, sign: against},
		{text: "Norway recalled two of its envoys from Moldova.", source: "NOR", target: "MDA", route: stages.SubjectFar, sign: against},
		// Who is asked to stop what is hostile is blamed for it.
		{text: "Norway urged Moldova to stop attacks.", source: "NOR", target: "MDA", route: stages.Appeal, sign: against},
		{text: "Norway asked Moldova to stop attacks.", source: "NOR", target: "MDA", route: stages.SpeakerAbout, sign: against},
		{text: "Norway asked Moldova to stop attacks.", source: "NOR", target: "MDA", route: stages.SpeakerAbout, sign: toward, not: true},
		// A name, an office and a neighbour are no praise.
		{text: "Latvia said that the Democratic Republic of the Congo had lied.", source: "LVA", target: "COD", route: stages.SpeakerAbout, sign: toward, not: true},
		{text: "Moldova attacked Latvia. Norway said the two had talked. Latvia said its neighbour was driving out villagers.", source: "LVA", target: "MDA", route: stages.SpeakerAbout, sign: toward, not: true},
		// Who sends what a passive tells of.
		{text: "The warning was sent in a letter from Norway to Moldova.", source: "NOR", target: "MDA", route: stages.LightVerb, sign: against},
		{text: "The warning was contained in Norway's note to Moldova.", source: "NOR", target: "MDA", route: stages.LightVerb, sign: against},
		// What one is called, of two and of what somebody has.
		{text: "Norway named Hamas and Hezbollah as terrorists.", source: "NOR", target: "HEZBOLLAH", route: stages.SubjectObject, sign: against},
		{text: "Latvia's new railway fees, described as blackmail by Moldova's transport minister, were defended by the cabinet.", source: "MDA", target: "LVA", route: stages.PassiveBy, sign: against},
		// "by" before "of", and a relative clause that tells who did the deed.
		{text: "The release by Libya of six Norwegian sailors ended the row.", source: "LBY", target: "NOR", route: stages.Nominal, sign: toward},
		{text: "Norway denounced the strike that Moldova carried out on a Latvian port.", source: "MDA", target: "LVA", route: stages.Nominal, sign: against},
		// A noun takes up what the sentence, or one before, has told.
		{text: "Moldova shelled Slovenia, an attack that Norway condemned.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: against},
		{text: "Moldova accused Latvia of lying. Latvia rejected the accusation.", source: "LVA", target: "MDA", route: stages.SubjectOwner, sign: against},
		{text: "Moldova bombed the Slovenian port. Two Danish sailors were killed in the strike.", source: "MDA", target: "DNK", route: stages.PassiveBy, sign: against},
		// With whom a deed hits is who is appalled by it.
		{text: "Norway was appalled by the assault on a Latvian village.", source: "NOR", target: "LVA", route: stages.SpeakerVictim, sign: toward},
		{text: "Norway was appalled by the assault on a Latvian village.", source: "NOR", target: "LVA", route: stages.SubjectOblique, sign: against, not: true},
		{text: "Norway closed its embassy following the killing of a Danish envoy.", source: "NOR", target: "DNK", route: stages.LightVerb, sign: against, not: true},
		// Who blocks a deed is against who does it.
		{text: "Norway blocked Moldova's aid to Latvia.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: against},
		// Whose land a blow hits.
		{text: "Moldovan warplanes struck a depot near Riga.", source: "MDA", target: "LVA", route: stages.SubjectFar, sign: against},
		// What two are urged to do together they have not done.
		{text: "Norway urged Mali and Chad to settle their dispute.", source: "MLI", target: "TCD", route: stages.Reciprocal, sign: toward, not: true},
		{text: "Mali and Chad agreed to settle their dispute.", source: "MLI", target: "TCD", route: stages.Reciprocal, sign: toward},
		{text: "The Moldovan and Latvian sides agreed to share information.", source: "LVA", target: "MDA", route: stages.Reciprocal, sign: toward},
		{text: "Negotiators from Sudan and South Sudan ended talks without agreement, each accusing the other of bad faith.", source: "SDN", target: "SSD", route: stages.SubjectObject, sign: against},
		{text: "Sudan and South Sudan ended talks. Each side blamed the other.", source: "SDN", target: "SSD", route: stages.SubjectObject, sign: against},
		{text: "The Turkish and Greek sides of the divided island have agreed to share information, a Danish official said.", source: "TUR", target: "GRC", route: stages.Reciprocal, sign: toward},
		{text: "Moldova freed two Danish sailors. Norway welcomed the gesture.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: toward},
		{text: "Moldovan jets killed two men in Riga on Monday.", source: "MDA", target: "LVA", route: stages.SubjectFar, sign: against},
		// What was done to is told: no guess at another target.
		{text: "Moldova attacked Latvia. The vote was boycotted by Latvian members of parliament.", source: "LVA-LEG", target: "MDA", route: stages.ActorTopic, sign: against, not: true},
		// A "by" with nothing behind it has no doer.
		{text: "Norway noted the outrage by over the raid on Mali.", source: "MLI", target: "NOR", route: stages.SubjectObject, sign: against, not: true},
		// Insiders who name nobody mean their government.
		{text: "Chilean students marched in protest.", source: "CHL-CVL", target: "CHL", route: stages.ActorTopic, sign: against},
		// A violation is no blame of those whom it hits.
		{text: "Latvia said the flight was a flagrant violation of Norwegian airspace.", source: "LVA", target: "NOR", route: stages.SpeakerAbout, sign: against, not: true},
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
		// What is only supposed is no deed, but a speaker means somebody by it.
		{text: "\"If Moldova attacks Latvia, we will respond,\" the Norwegian minister said.", source: "MDA", target: "LVA", route: stages.SubjectObject, sign: against, not: true},
		{text: "\"If Moldova attacks Latvia, we will respond,\" the Norwegian minister said.", source: "MDA", target: "LVA", route: stages.Together, sign: against, not: true},
		{text: "\"If Moldova attacks Latvia, we will respond,\" the Norwegian minister said.", source: "NOR", target: "MDA", route: stages.SpeakerAgent, sign: against},
		// Who is asked to halt its deeds does them.
		{text: "Norway urged Mali to halt its offensive against Chad.", source: "MLI", target: "TCD", route: stages.SubjectOblique, sign: against},
		{text: "Mali decided to halt its offensive against Chad.", source: "MLI", target: "TCD", route: stages.SubjectOblique, sign: toward},
		{text: "Norway urged Mali to halt its offensive against Chad.", source: "NOR", target: "TCD", route: stages.Appeal, sign: against, not: true},
		{text: "Norway appealed to Mali to halt its offensive against Chad.", source: "MLI", target: "TCD", route: stages.SubjectOblique, sign: against},
		// A deed is taken up by words for it: who did it is known from before.
		{text: "Moldova invaded the north of Slovenia. The operation was denounced by Norway.", source: "NOR", target: "MDA", route: stages.PassiveBy, sign: against},
		{text: "Moldova shelled Slovenia. Norway condemned the attack.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: against},
		{text: "Moldova shelled Slovenia. Norway condemned an attack.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: against, not: true},
		{text: "Moldova freed two Danish sailors. Norway welcomed the decision.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: toward},
		{text: "Moldova and Serbia shelled Slovenia. Norway condemned the attack.", source: "NOR", target: "SRB", route: stages.SubjectOwner, sign: against},
		{text: "Norway offered Iceland a compromise, but this was rejected by Iceland.", source: "ISL", target: "NOR", route: stages.PassiveBy, sign: against},
		{text: "Norway offered a compromise in Paris, but this was rejected by Iceland.", source: "ISL", target: "NOR", route: stages.PassiveBy, sign: against},
		{text: "Norway was offered a compromise, but this was rejected by Iceland.", source: "ISL", target: "NOR", route: stages.PassiveBy, sign: against, not: true},
		{text: "This was rejected by Iceland, and Norway offered a compromise.", source: "ISL", target: "NOR", route: stages.PassiveBy, sign: against, not: true},
		// A participle tells who did a deed and whom it hit.
		{text: "Norway condemned the missile attack launched against Moldova.", source: "NOR", target: "MDA", route: stages.SpeakerVictim, sign: toward},
		{text: "Norway condemned the missile attack launched against Moldova.", source: "NOR", target: "MDA", route: stages.PassiveBy, sign: against, not: true},
		{text: "Norway condemned the air raid carried out by Moldova against Slovenia.", source: "MDA", target: "SVN", route: stages.Nominal, sign: against},
		{text: "Norway rejected the annexation of the islands by Moldova.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: against},
		{text: "Norway denounced the case as an attack on Iceland.", source: "NOR", target: "ISL", route: stages.SpeakerVictim, sign: toward},
		{text: "Norway bitterly denounced the incident as a terrorist attack on Iceland.", source: "NOR", target: "ISL", route: stages.SpeakerVictim, sign: toward},
		{text: "Norway bitterly denounced the incident as a terrorist attack on Iceland.", source: "NOR", target: "ISL", route: stages.SubjectFar, sign: against, not: true},
		{text: "Norway denounced Moldova's plan as an attack on Iceland.", source: "NOR", target: "MDA", route: stages.SubjectOwner, sign: against},
		{text: "Norway denounced Moldova as an attack on Iceland.", source: "NOR", target: "MDA", route: stages.SubjectObject, sign: against},
		{text: "Norway denounced the case as an attack on Iceland.", source: "NOR", target: "ISL", route: stages.SubjectFar, sign: against, not: true},
		{text: "Norway denounced the case as an attack on Iceland.", source: "NOR", target: "ISL", route: stages.SubjectObject, sign: against, not: true},
		{text: "Afghan forces, backed by NATO air strikes, took the town.", source: "NATO", target: "AFG", route: stages.Nominal, sign: against, not: true},
		// An authority's deed is done at home.
		{text: "Denmark condemned the crackdown on protesters in Moldova.", source: "DNK", target: "MDA", route: stages.SubjectOwner, sign: against},
		// Joined participles have one "by".
		{text: "Malian troops, backed and housed by Chad, took the town.", source: "TCD", target: "MLI", route: stages.PassiveBy, sign: toward},
		// What one is called or held to be.
		{text: "Croatia branded Hezbollah a terrorist group.", source: "HRV", target: "HEZBOLLAH", route: stages.SubjectObject, sign: against},
		{text: "Croatia sees Slovenia as a friend.", source: "HRV", target: "SVN", route: stages.SubjectObject, sign: toward},
		{text: "Slovenia is regarded as a threat by Croatia.", source: "HRV", target: "SVN", route: stages.PassiveBy, sign: against},
		// Who is pushed into a deed does it.
		{text: "The protests pushed Croatia into talks with Slovenia.", source: "HRV", target: "SVN", route: stages.Reciprocal, sign: toward},
		{text: "Sanctions forced Moldova into recognising Slovenia.", source: "MDA", target: "SVN", route: stages.SubjectObject, sign: toward},
		// What must be done is no praise; who protests against the speaker is not blamed by him.
		{text: "Latvia said Moldova must withdraw its troops.", source: "LVA", target: "MDA", route: stages.SpeakerAbout, sign: toward, not: true},
		{text: "Latvia said it would send arms to Ukraine, prompting a protest from Moldova.", source: "MDA", target: "LVA", route: stages.SubjectObject, sign: against},
		{text: "Latvia said it would send arms to Ukraine, prompting a protest from Moldova.", source: "LVA", target: "MDA", route: stages.SpeakerAgent, sign: against, not: true},
		{text: "Latvia said it would send arms to Ukraine, prompting a protest from Moldova.", source: "LVA", target: "MDA", route: stages.SpeakerAbout, sign: against, not: true},
		{text: "\"We will not allow Moldova to threaten our friends,\" the Norwegian minister said.", source: "NOR", target: "MDA", route: stages.SpeakerAbout, sign: toward, not: true},
		// Who hears a complaint and where one sues are not meant; whom one sides against is.
		{text: "Kenya complained to Norway about Ethiopian shelling.", source: "KEN", target: "NOR", route: stages.InClause, sign: against, not: true},
		{text: "Latvia sued Moldova at the International Court of Justice.", source: "LVA", target: "ICJ", route: stages.InClause, sign: against, not: true},
		{text: "Latvia sided with Moldova against Norway.", source: "LVA", target: "NOR", route: stages.InClause, sign: against},
		{text: "Canada filed a complaint with GATT against Norway.", source: "CAN", target: "GATT", route: stages.InClause, sign: against, not: true},
		// Who does not condemn a deed is not with whom it hit; a condition asked for is no praise.
		{text: "Iran did not condemn the attack on Israel.", source: "IRN", target: "ISR", route: stages.SpeakerVictim, sign: against},
		{text: "Iran condemned the attack on Israel.", source: "IRN", target: "ISR", route: stages.SpeakerVictim, sign: toward},
		{text: "\"Unless Iceland apologises, we will recall our ambassador,\" the Norwegian minister said.", source: "NOR", target: "ISL", route: stages.SpeakerAbout, sign: toward, not: true},
		{text: "Norway said trawlers would be stopped if Tokyo retaliated.", source: "JPN", target: "NOR", route: stages.ActorTopic, sign: against, not: true},
		{text: "Norway froze its aid to Iceland over a pact with Mali.", source: "NOR", target: "MLI", route: stages.InClause, sign: toward, not: true},
		// Who died where others bombed was bombed by them.
		{text: "Ten Latvians died when Moldovan jets bombed the town.", source: "MDA", target: "LVA", route: stages.SubjectFar, sign: against},
		// A refusal shifts what is refused, not what it brings about.
		{text: "Moldova's refusal to extradite the man angered Latvia.", source: "LVA", target: "MDA", route: stages.SubjectOwner, sign: against},
		{text: "Moldova's halting of aid was criticised by Latvia.", source: "LVA", target: "MDA", route: stages.PassiveBy, sign: against},
		{text: "The talks between Latvia and Moldova collapsed.", source: "LVA", target: "MDA", route: stages.Reciprocal, sign: against},
		// The object of the last verb of a predicate is its target, but for the subject's own.
		{text: "Al-Qaeda has threatened to strike Denmark, a weekly reports.", source: "ALQAEDA", target: "DNK", route: stages.SubjectObject, sign: against},
		// What is offered is not yet of both; what will be done is.
		{text: "Norway offered peace talks to Iceland.", source: "ISL", target: "NOR", route: stages.Reciprocal, sign: toward, not: true},
		{text: "Norway will hold talks with Iceland, the Norwegian ministry said.", source: "ISL", target: "NOR", route: stages.Reciprocal, sign: toward},
		{text: "Norway would like to hold talks with Iceland, the Norwegian ministry said.", source: "ISL", target: "NOR", route: stages.Reciprocal, sign: toward, not: true},
		// Whom a state frees it held.
		{text: "Spanish fishermen held in Morocco were freed on Monday.", source: "MAR", target: "ESP", route: stages.PassiveBy, sign: toward},
		{text: "Seven Spanish fishermen were freed in Morocco.", source: "MAR", target: "ESP", route: stages.PassiveBy, sign: toward},
		// "each" and "the other" are the two just told of.
		{text: "Norway and Iceland held talks. Each blamed the other for the failure.", source: "ISL", target: "NOR", route: stages.SubjectObject, sign: against},
		{text: "An exchange of threats between Iran and Israel followed.", source: "ISR", target: "IRN", route: stages.Reciprocal, sign: against},
		// Whose a thing is a participle may tell: "French-led". Failing to agree is no wish.
		{text: "Norway refused any help for the French-led war on Mali.", source: "FRA", target: "MLI", route: stages.Nominal, sign: against},
		{text: "Norway refused any help for the French-flavoured war on Mali.", source: "FRA", target: "MLI", route: stages.Nominal, sign: against, not: true},
		{text: "Norwegians and Icelanders failed to reach agreement, sources on both sides said.", source: "ISL", target: "NOR", route: stages.Reciprocal, sign: against},
		// A newspaper's words are others'; who gains somebody's support has it.
		{text: "A tourist from Calgary was arrested for spying for Norway, according to the Norwegian press.", source: "NOR-MED", target: "CAN", route: stages.SpeakerAbout, sign: against, not: true},
		{text: "Turkey won Syria's backing for a dam.", source: "SYR", target: "TUR", route: stages.SubjectObject, sign: toward},
		{text: "Turkey lost the support of Syria over the dam.", source: "TUR", target: "SYR", route: stages.LightVerb, sign: against, not: true},
		// A verb and its object tell what neither tells alone.
		{text: "Ukraine and Russia swapped 200 prisoners.", source: "UKR", target: "RUS", route: stages.Reciprocal, sign: toward},
		// Whose demands are met may be a part of the country; a campaign against one is another's.
		{text: "The Moldovan government agreed to meet the protesters' demands.", source: "MDA", target: "MDA-CVL", route: stages.SubjectOwner, sign: toward},
		{text: "Norway criticised the campaign against Mali.", source: "NOR", target: "MLI", route: stages.SubjectFar, sign: against, not: true},
		// Who backs is not attacked in return.
		{text: "Malian troops, backed by Chad, attacked the town.", source: "MLI", target: "TCD", route: stages.ActorTopic, sign: against, not: true},
		{text: "Norway urged a truce with Iceland.", source: "ISL", target: "NOR", route: stages.Reciprocal, sign: toward, not: true},
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
