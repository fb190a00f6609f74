package intake

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"counterbell/data"
)

// A Book is what an import needs of the contact book. Nothing of an import is visible before FinishImport, and after it
// all of it is.
type Book interface {
	// ImportBatch takes in some rows, in the file's order and in one short transaction, and says what became of each:
	// added, updated, unchanged, duplicate or skipped.
	ImportBatch(ctx context.Context, id data.ImportID, rows []data.ImportRow) ([]data.RowFate, error)
	FinishImport(ctx context.Context, id data.ImportID, receipt *data.Receipt) error
	CancelImport(ctx context.Context, id data.ImportID) error
}

// Begin opens an import in the book: with the answer about consent, what to do with known people, and List.Mapping.
type Begin func(ctx context.Context) (data.ImportID, error)

// Progress is told how many rows have been dealt with, at most ten times a second, from one goroutine.
type Progress func(rows int)

// Fates says what would become of rows if they were taken in now, without writing anything.
type Fates func(ctx context.Context, rows []data.ImportRow) ([]data.RowFate, error)

// KnownFates makes Fates of a question that every book can answer: whose numbers are these? Known people count as
// updated, though some may turn out unchanged.
func KnownFates(known func(ctx context.Context, phones []data.Phone) (map[data.Phone]data.ContactID, error)) Fates {
	return func(ctx context.Context, rows []data.ImportRow) ([]data.RowFate, error) {
		phones := make([]data.Phone, len(rows))
		for i := range rows {
			phones[i] = rows[i].Contact.Phone
		}
		have, err := known(ctx, phones)
		if err != nil {
			return nil, err
		}
		fates := make([]data.RowFate, len(rows))
		for i, p := range phones {
			if fates[i] = data.RowAdded; have[p] != 0 {
				fates[i] = data.RowUpdated
			}
		}
		return fates, nil
	}
}

// Run takes the list in. The receipt adds up to the file's rows, or nothing is taken in. Cancelling ctx gives the
// import up at once: error data.Cancelled. Any other error leaves nothing behind either.
func (l *List) Run(ctx context.Context, book Book, begin Begin, progress Progress) (*data.Receipt, error) {
	const op = "import a list"
	id, err := begin(ctx)
	if err != nil {
		return nil, err
	}
	receipt, err := l.walk(ctx, progress, func(ctx context.Context, rows []data.ImportRow) ([]data.RowFate, error) {
		return book.ImportBatch(ctx, id, rows)
	})
	if err == nil {
		receipt.Import = id
		err = book.FinishImport(ctx, id, receipt)
	}
	if err != nil {
		if cancelErr := book.CancelImport(context.WithoutCancel(ctx), id); cancelErr != nil && ctx.Err() == nil {
			err = errors.Join(err, cancelErr)
		}
		if ctx.Err() != nil {
			return nil, data.Errorf(data.Cancelled, op, "%w", context.Cause(ctx))
		}
		return nil, err
	}
	return receipt, nil
}

// Survey reads the whole list and says what would become of it; nothing is written. Without fates every person counts
// as new.
func (l *List) Survey(ctx context.Context, fates Fates, progress Progress) (*data.Receipt, error) {
	seen := map[uint64]struct{}{}
	receipt, err := l.walk(ctx, progress, func(ctx context.Context, rows []data.ImportRow) ([]data.RowFate, error) {
		out := make([]data.RowFate, len(rows))
		fresh := make([]data.ImportRow, 0, len(rows))
		at := make([]int, 0, len(rows))
		for i := range rows {
			n := figure(rows[i].Contact.Phone)
			if _, twice := seen[n]; twice {
				out[i] = data.RowDuplicate
				continue
			}
			seen[n] = struct{}{}
			out[i] = data.RowAdded
			fresh, at = append(fresh, rows[i]), append(at, i)
		}
		if fates == nil || len(fresh) == 0 {
			return out, nil
		}
		found, err := fates(ctx, fresh)
		if err != nil {
			return nil, err
		}
		for k, f := range found {
			out[at[k]] = f
		}
		return out, nil
	})
	if err != nil {
		if ctx.Err() != nil {
			return nil, data.Errorf(data.Cancelled, "look through a list", "%w", context.Cause(ctx))
		}
		return nil, err
	}
	receipt.DryRun = true
	return receipt, nil
}

// keptCells is how many bytes of rejected rows are held for the file of rejects; beyond it that file is made by reading
// the list again.
const keptCells = 8 << 20

// walk reads the sheet, turns rows into contacts on all processors, and hands them to sink in the file's order.
// Memory doesn't grow with the file: a few chunks are under way at any time.
func (l *List) walk(ctx context.Context, progress Progress, sink func(context.Context, []data.ImportRow) ([]data.RowFate, error)) (*data.Receipt, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r := l.reader()
	workers := max(1, min(4, runtime.GOMAXPROCS(0)))
	work, order := make(chan *chunk, workers), make(chan *chunk, 2*workers)
	free := make(chan *chunk, 3*workers+2)
	var running sync.WaitGroup
	defer running.Wait() // after stop: nothing outlives the call
	defer stop()
	var readErr error
	running.Go(func() {
		defer close(order)
		defer close(work)
		readErr = l.chunks(ctx, free, func(c *chunk) bool {
			select {
			case order <- c:
			case <-ctx.Done():
				return false
			}
			select {
			case work <- c:
			case <-ctx.Done():
				c.err = ctx.Err()
				close(c.done)
				return false
			}
			return true
		})
	})
	for range workers {
		running.Go(func() {
			for c := range work {
				c.read(r)
				close(c.done)
			}
		})
	}
	receipt := l.receipt()
	var all tally
	var runs sequence
	spoken, kept := time.Time{}, 0
	for c := range order {
		<-c.done
		if c.err != nil {
			return nil, c.err
		}
		receipt.Rows += c.counted
		receipt.Skipped += c.skipped
		if len(c.rows) > 0 {
			fates, err := sink(ctx, c.rows)
			if err != nil {
				return nil, err
			}
			if len(fates) != len(c.rows) {
				return nil, data.Errorf(data.Internal, "take in rows", "%d rows, %d fates", len(c.rows), len(fates))
			}
			for i := range c.rows {
				count(receipt, fates[i])
				runs.add(&c.rows[i].Contact)
			}
		}
		for i := range c.rejects {
			for _, s := range c.rejects[i].Cells {
				kept += len(s) + 16
			}
			if kept > keptCells {
				c.rejects[i].Cells = nil
			}
		}
		receipt.Rejects = append(receipt.Rejects, c.rejects...)
		receipt.Rejected += len(c.rejects)
		all.merge(&c.tally)
		if now := time.Now(); progress != nil && now.Sub(spoken) >= 100*time.Millisecond {
			spoken = now
			progress(receipt.Rows)
		}
		select {
		case free <- c:
		default:
		}
	}
	running.Wait()
	if readErr != nil {
		return nil, readErr
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if receipt.Rows == 0 {
		return nil, data.Errorf(HeaderOnly, "read the list", "no row below the header").With("sheet", l.Sheet.Value).With("file", l.File)
	}
	if runs.longest >= sequenceFrom {
		c := all.count(qSequence, l.Columns[r.phones[0]].Title())
		c.n, c.samples = runs.longest, runs.samples
	}
	receipt.Questions = l.questions(&all)
	if progress != nil {
		progress(receipt.Rows)
	}
	return receipt, receipt.Check()
}

func count(r *data.Receipt, f data.RowFate) {
	switch f {
	case data.RowAdded:
		r.Added++
	case data.RowUpdated:
		r.Updated++
	case data.RowUnchanged:
		r.Unchanged++
	case data.RowDuplicate:
		r.Duplicate++
	case data.RowSkipped:
		r.Skipped++
	}
}
