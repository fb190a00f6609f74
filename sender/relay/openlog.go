package relay

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"time"

	"counterbell/data"
)

// An openLog writes opens, many in one transaction: while one is being synced to disk, those that come meanwhile
// gather for the next. A person waits for the disk once, however many tap their links in the same moment.
type openLog struct {
	mu      sync.Mutex
	next    *openBatch
	closed  bool
	wake    chan struct{}
	stopped chan struct{}
	db      *sql.DB
	one     *sql.Stmt
	many    *sql.Stmt
}

// openBatch is the opens of one transaction, and what became of it.
type openBatch struct {
	opens []Event
	done  chan struct{} // closed when err is set
	once  sync.Once
	err   error
	late  *time.Timer
}

func (b *openBatch) settle(err error) {
	b.once.Do(func() {
		b.err = err
		close(b.done)
	})
}

const (
	opensPerStatement = 32
	manyOpens         = 32
	gatherPerOpen     = 10 * time.Microsecond
	longestGather     = 2 * time.Millisecond
	maxWaitingOpens   = 20_000 // beyond it the disk is too slow for what comes; opens are refused, people are not
)

func (l *openLog) start(ctx context.Context, db *sql.DB) (err error) {
	const row = `(?, ?, ?, ?, ?, ?)`
	const insert = `INSERT INTO event (kind, token, at, class, reason, agent) VALUES `
	if l.one, err = db.PrepareContext(ctx, insert+row); err != nil {
		return err
	}
	if l.many, err = db.PrepareContext(ctx, insert+row+strings.Repeat(", "+row, opensPerStatement-1)); err != nil {
		return err
	}
	l.db = db
	l.next = newOpenBatch(0)
	l.wake = make(chan struct{}, 1)
	l.stopped = make(chan struct{})
	go l.run()
	return nil
}

func newOpenBatch(size int) *openBatch {
	return &openBatch{opens: make([]Event, 0, size), done: make(chan struct{})}
}

// record returns nil once the open is on disk. When the disk doesn't answer within recordWait it returns an error; the
// open may still be written after that.
func (l *openLog) record(e Event) error {
	l.mu.Lock()
	if l.closed || len(l.next.opens) >= maxWaitingOpens {
		l.mu.Unlock()
		return data.Errorf(data.Busy, "record an open", "closing, or too many wait")
	}
	b := l.next
	b.opens = append(b.opens, e)
	first := len(b.opens) == 1
	if first {
		b.late = time.AfterFunc(recordWait, func() { b.settle(data.Errorf(data.Busy, "record an open", "the disk doesn't answer")) })
	}
	l.mu.Unlock()
	if first {
		l.signal()
	}
	<-b.done
	return b.err
}

// gather lets more opens come before a transaction begins, when the last one shows that many are on their way: a fuller
// transaction costs the disk hardly more, and nobody notices 2 ms. When few come, nobody waits.
func gather(last int) {
	if last >= manyOpens {
		time.Sleep(min(longestGather, time.Duration(last)*gatherPerOpen))
	}
}

func (l *openLog) signal() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *openLog) run() {
	defer close(l.stopped)
	last := 0
	for range l.wake {
		gather(last)
		l.mu.Lock()
		b := l.next
		last = len(b.opens)
		l.next = newOpenBatch(len(b.opens))
		closed := l.closed
		l.mu.Unlock()
		if len(b.opens) > 0 {
			b.settle(l.commit(b.opens))
			b.late.Stop()
		}
		if closed {
			return
		}
	}
}

func (l *openLog) commit(opens []Event) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return storeError("record opens", err)
	}
	defer tx.Rollback()                                                  // does nothing after a commit
	many, one := tx.StmtContext(ctx, l.many), tx.StmtContext(ctx, l.one) //nolint:sqlclosecheck // closed below; it looks at the first alone
	defer many.Close()
	defer one.Close()
	args := make([]any, 0, 6*opensPerStatement)
	for len(opens) > 0 {
		stmt, n := one, 1
		if len(opens) >= opensPerStatement {
			stmt, n = many, opensPerStatement
		}
		args = args[:0]
		for _, e := range opens[:n] {
			args = append(args, string(e.Kind), e.Token, int64(e.At), string(e.Class), string(e.Reason), string(e.Agent))
		}
		if _, err := stmt.ExecContext(ctx, args...); err != nil {
			return storeError("record opens", err)
		}
		opens = opens[n:]
	}
	return storeError("record opens", tx.Commit())
}

// stop writes what waits and ends. Later opens are refused.
func (l *openLog) stop() {
	l.mu.Lock()
	again := l.closed
	l.closed = true
	l.mu.Unlock()
	if again {
		return
	}
	l.signal()
	<-l.stopped
	l.one.Close()
	l.many.Close()
}

// A quota keeps one link from filling the disk: somebody who calls it in a loop is shown the page every time, and
// recorded 20 times, then once in 10 seconds. No person opens their coupon as often.
type quota struct {
	mu    sync.Mutex
	spent float64
	last  time.Time
}

const (
	quotaBurst = 20
	quotaEvery = 10 * time.Second
)

func (q *quota) take(now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if d := now.Sub(q.last); d > 0 {
		q.spent = max(0, q.spent-float64(d)/float64(quotaEvery))
		q.last = now
	}
	if q.spent > quotaBurst-1 {
		return false
	}
	q.spent++
	return true
}
