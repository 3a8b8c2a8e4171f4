package sentiment
import ("testing";"regexp";"strings";"detente/stages";"fmt")
func TestDbg(t *testing.T){
	_, m := load()
	countries = strings.Fields("Iran Norway Russia Canada Israel Japan Syria Sweden China France Cuba Germany Ukraine Kenya Turkey Egypt Pakistan India Serbia Greece Poland Cyprus Libya Iraq Lebanon Armenia Georgia Chad Vietnam Mexico")
	country := regexp.MustCompile(`\b(` + strings.Join(countries, "|") + `)\b`)
	n,ch:=0,0
	for _, text := range statements(t) {
		other := country.ReplaceAllStringFunc(text, swap)
		from:= country.FindAllStringIndex(text, -1)
		to := country.FindAllStringIndex(other, -1)
		a,b:=read(text),read(other)
		for i := range from {
			x,y:=At(a, stages.Span{Start: from[i][0], End: from[i][1]}), At(b, stages.Span{Start: to[i][0], End: to[i][1]})
			n++
			if Best(m.Score(&x))!=Best(m.Score(&y)) {
				ch++
				fmt.Println(text); fmt.Println("  ",other, from[i])
				for _,c:=range []Context{x,y}{ p:=passage{}; lin:=m.(*Linear); p.read(&c,lin.lex,lin.knowledge); for _,w:=range p.words{fmt.Print(" ",w.mask,":",w.tag,":",w.lexicon)}; fmt.Println()}
			}
		}
	}
	fmt.Println(ch,n)
}
