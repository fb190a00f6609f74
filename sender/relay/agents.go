package relay

import (
	_ "embed"
	"encoding/csv"
	"net/http"
	"strings"
	"sync"
)

// AgentClass is all that is kept of who asked: phone, tablet, desktop, or what kind of machine.
type AgentClass string

const (
	Phone     AgentClass = "phone"
	Tablet    AgentClass = "tablet"
	Desktop   AgentClass = "desktop"
	Messenger AgentClass = "messenger" // makes the little picture under a link
	Scanner   AgentClass = "scanner"   // checks links for malware
	Crawler   AgentClass = "crawler"   // reads the web
	Program   AgentClass = "program"   // a script, a library, a browser without a screen
	Other     AgentClass = "other"
)

// person tells whether a person is likely to sit behind an agent of this class.
func (a AgentClass) person() bool {
	return a == Phone || a == Tablet || a == Desktop || a == Other
}

//go:embed agents.csv
var agentsCSV string

//go:embed prefetch.csv
var prefetchCSV string

type agentRow struct {
	pattern string // lower case; stands anywhere in the agent's name
	atStart bool   // written with a leading ^
	class   AgentClass
}

type prefetchRow struct{ header, value string }

var agentRows, prefetchRows = readAgents()

func readAgents() (agents []agentRow, prefetch []prefetchRow) {
	for _, row := range readTable(agentsCSV) {
		pattern, atStart := strings.CutPrefix(row[0], "^")
		agents = append(agents, agentRow{pattern, atStart, AgentClass(row[1])})
	}
	for _, row := range readTable(prefetchCSV) {
		prefetch = append(prefetch, prefetchRow{http.CanonicalHeaderKey(row[0]), row[1]})
	}
	return agents, prefetch
}

// readTable reads an embedded table without its head. A table that can't be read is a mistake of ours; a test reads both.
func readTable(text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(err)
	}
	return rows[1:]
}

// agentNames remembers the class of names seen, since phones of one model all give the same one. It is emptied when
// full, so that a flood of invented names can't fill the memory.
type agentNames struct {
	mu    sync.RWMutex
	known map[string]AgentClass
}

const (
	maxAgentNames = 2000
	maxAgentName  = 512
)

// class reduces a User-Agent to its class. The first row of agents.csv that fits decides; no name at all is a program's.
func (n *agentNames) class(name string) AgentClass {
	if len(name) > maxAgentName {
		name = name[:maxAgentName]
	}
	n.mu.RLock()
	class, ok := n.known[name]
	n.mu.RUnlock()
	if ok {
		return class
	}
	class = agentClass(name)
	n.mu.Lock()
	if n.known == nil || len(n.known) >= maxAgentNames {
		n.known = map[string]AgentClass{}
	}
	n.known[strings.Clone(name)] = class
	n.mu.Unlock()
	return class
}

func agentClass(name string) AgentClass {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "" {
		return Program
	}
	for _, row := range agentRows {
		if row.atStart && strings.HasPrefix(name, row.pattern) || !row.atStart && strings.Contains(name, row.pattern) {
			return row.class
		}
	}
	return Other
}

// look classes a request by what it says of itself. Timing is judged later, by the sending side.
func (n *agentNames) look(r *http.Request) (Class, Reason, AgentClass) {
	agent := n.class(r.UserAgent())
	switch {
	case r.Method == http.MethodHead:
		return Preview, ByHead, agent
	case isPrefetch(r.Header):
		return Preview, ByPrefetch, agent
	case !agent.person():
		return Preview, ByAgent, agent
	}
	return Human, "", agent
}

func isPrefetch(h http.Header) bool {
	for _, row := range prefetchRows {
		if v := h[row.header]; len(v) > 0 && strings.HasPrefix(strings.ToLower(v[0]), row.value) {
			return true
		}
	}
	return false
}
