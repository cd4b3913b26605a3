package capture

import (
	"fmt"
	"sync"
)

// most is how many captures of one data source run at the same time: each holds its profile in memory.
const most = 8

// Slots count the captures under way, by target and instance. Replicas of Grafana do not share them; a program that
// records one CPU profile at a time says so itself.
type Slots struct {
	mu    sync.Mutex
	taken map[string]int
	all   int
}

// take takes a slot of an instance, if one is free; the function gives it back.
func (s *Slots) take(p Plan) (release func(), err error) {
	key := p.Target.ID + "\n" + p.Instance.Name
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.taken[key] >= p.Target.AtOnce:
		return nil, problem(busy, fmt.Sprintf("%d of at most %d captures of %s (%s) are under way. Wait until one of them ends.",
			s.taken[key], p.Target.AtOnce, p.Target.Name, p.Instance.Name), nil)
	case s.all >= most:
		return nil, problem(busy, fmt.Sprintf("%d captures are under way, the most that this data source makes at a time. Wait until one of them ends.", s.all), nil)
	}
	if s.taken == nil {
		s.taken = map[string]int{}
	}
	s.taken[key]++
	s.all++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all--
		if s.taken[key]--; s.taken[key] == 0 {
			delete(s.taken, key)
		}
	}, nil
}
