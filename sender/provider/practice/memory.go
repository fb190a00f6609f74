package practice

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"sync"

	"counterbell/data"
	"counterbell/sender/provider"
)

// memory is a book that answers at once and is gone with the process. Lists are put in order when they are read.
type memory struct {
	mu     sync.Mutex
	texts  map[string]*kept
	nth    map[person]int
	lists  map[string]*list
	finals []data.Instant
	sorted bool
	id     int64
	again  int
}

type person struct {
	to   data.Phone
	kind data.Kind
}

type list struct {
	events []event
	sorted bool
}

func newMemory() *memory {
	return &memory{texts: map[string]*kept{}, nth: map[person]int{}, lists: map[string]*list{opening: {}, reply: {}, visit: {}}}
}

func (m *memory) take(ctx context.Context, batch []provider.Text, plan planner) ([]kept, int, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	all, again := make([]kept, len(batch)), 0
	for i, t := range batch {
		if k, ok := m.texts[t.Ref]; ok {
			all[i] = secondTime(*k)
			again++
			continue
		}
		p := person{t.To, t.Kind}
		k, es := plan(t, m.nth[p])
		m.nth[p]++
		m.texts[t.Ref] = &k
		m.finals, m.sorted = append(m.finals, k.final), false
		for _, e := range es {
			m.id++
			e.id = m.id
			l := m.lists[e.kind]
			l.events, l.sorted = append(l.events, e), false
		}
		all[i] = k
	}
	m.again += again
	return all, again, nil
}

// secondTime is the answer to a text that is known: as before, and an unknown turns out to have been taken.
func secondTime(k kept) kept {
	if k.answer == provider.Unknown {
		k.answer = provider.Accepted
	}
	return k
}

func (m *memory) find(_ context.Context, refs []string) (map[string]kept, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := make(map[string]kept, len(refs))
	for _, r := range refs {
		if k, ok := m.texts[r]; ok {
			found[r] = *k
		}
	}
	return found, nil
}

func (m *memory) tally(context.Context) (Tally, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	type said struct {
		to    data.Phone
		words int64
	}
	numbers, once := map[data.Phone]bool{}, map[said]bool{}
	for _, k := range m.texts {
		numbers[k.to] = true
		once[said{k.to, k.words}] = true
	}
	return Tally{Texts: len(m.texts), People: len(numbers), Duplicates: m.again, Repeats: len(m.texts) - len(once)}, nil
}

func (m *memory) forget(_ context.Context, p data.Phone) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for ref, k := range m.texts {
		if k.to == p {
			delete(m.texts, ref)
			delete(m.nth, person{p, k.kind})
		}
	}
	for _, l := range m.lists {
		l.events = slices.DeleteFunc(l.events, func(e event) bool { return e.to == p })
	}
	return nil
}

// inOrder returns a list in order of time.
func (m *memory) inOrder(kind string) []event {
	l := m.lists[kind]
	if !l.sorted {
		slices.SortFunc(l.events, func(a, b event) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id)) })
		l.sorted = true
	}
	return l.events
}

func (m *memory) events(_ context.Context, kind string, after mark, until data.Instant, limit int) ([]event, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	es := m.inOrder(kind)
	from := sort.Search(len(es), func(i int) bool {
		return es[i].at > after.at || es[i].at == after.at && es[i].id > after.id
	})
	to := sort.Search(len(es), func(i int) bool { return es[i].at > until })
	if from >= to {
		return nil, nil
	}
	return slices.Clone(es[from:min(to, from+limit)]), nil
}

func (m *memory) openings(ctx context.Context, until data.Instant, limit int) ([]event, error) {
	return m.events(ctx, opening, mark{}, until, limit)
}

func (m *memory) played(_ context.Context, e event, again data.Instant) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.lists[opening]
	es := m.inOrder(opening)
	i := sort.Search(len(es), func(i int) bool { return es[i].at > e.at || es[i].at == e.at && es[i].id >= e.id })
	if i == len(es) || es[i].id != e.id {
		return nil
	}
	if again != 0 {
		es[i].at, es[i].tries, l.sorted = again, e.tries+1, false
		return nil
	}
	if i == 0 {
		l.events = es[1:]
	} else {
		l.events = slices.Delete(es, i, i+1)
	}
	return nil
}

func (m *memory) next(_ context.Context, now data.Instant) (data.Instant, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var first data.Instant
	earlier := func(at data.Instant) {
		if first == 0 || at < first {
			first = at
		}
	}
	if es := m.inOrder(opening); len(es) > 0 {
		earlier(es[0].at)
	}
	for _, kind := range []string{reply, visit} {
		es := m.inOrder(kind)
		if i := sort.Search(len(es), func(i int) bool { return es[i].at > now }); i < len(es) {
			earlier(es[i].at)
		}
	}
	if !m.sorted {
		slices.Sort(m.finals)
		m.sorted = true
	}
	if i := sort.Search(len(m.finals), func(i int) bool { return m.finals[i] > now }); i < len(m.finals) {
		earlier(m.finals[i])
	}
	return first, nil
}

func (m *memory) Close() error { return nil }
