package palaver

import (
	"context"
	"crypto/rand"
	"errors"
	mathrand "math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"palaver/client/generated"
)

const idempotencyKey = "Idempotency-Key"

var firstDelay = 250 * time.Millisecond

// Retries says how often a request is repeated, and the longest wait before that. A server that wants a longer one gets
// its refusal passed on.
type Retries struct {
	Count    int
	MaxDelay time.Duration
}

// doer sends requests, and repeats those that may be. A refusal with Retry-After is repeated after that time. After a
// lost connection or the like a request is repeated only if it cannot act twice: a read, or one with an
// Idempotency-Key. The operations that take such a key get one here, the same for each attempt, unless the caller gave
// one. Every refusal is an *Error.
type doer struct {
	http    *http.Client
	retries Retries
	token   string
}

// Do sends the request.
func (d *doer) Do(request *http.Request) (*http.Response, error) {
	d.authenticate(request)
	if takesKey(request) && request.Header.Get(idempotencyKey) == "" {
		request.Header.Set(idempotencyKey, rand.Text())
	}
	isSafe := request.Method == http.MethodGet || request.Method == http.MethodHead
	canRepeat := request.Body == nil || request.GetBody != nil
	harmless := canRepeat && (isSafe || request.Header.Get(idempotencyKey) != "")
	for attempt := 0; ; attempt++ {
		response, err := d.http.Do(request)
		last := attempt >= d.retries.Count
		delay := min(backOff(attempt), d.retries.MaxDelay)
		if err != nil {
			if last || !harmless || request.Context().Err() != nil {
				return nil, err
			}
		} else {
			if response.StatusCode < http.StatusBadRequest {
				return response, nil
			}
			refusal := readError(response)
			if refusal.isTemporary && canRepeat {
				delay = refusal.retryAfter
			} else if !harmless || !isGateway(refusal.Status) {
				return nil, refusal
			}
			if last || delay > d.retries.MaxDelay {
				return nil, refusal
			}
		}
		if err := sleep(request.Context(), delay); err != nil {
			return nil, err
		}
		if request.GetBody != nil {
			body, err := request.GetBody()
			if err != nil {
				return nil, err
			}
			request.Body = body
		}
	}
}

func (d *doer) authenticate(request *http.Request) {
	if d.token != "" {
		request.Header.Set("Coder-Session-Token", d.token)
	}
}

// isGateway tells statuses of something between us and the server: whether the request has arrived is unknown.
func isGateway(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable ||
		status == http.StatusGatewayTimeout
}

// retryAfter is how long the server wants us to wait, when it says so in a refusal.
func retryAfter(response *http.Response) (time.Duration, bool) {
	header := response.Header.Get("Retry-After")
	if response.StatusCode != http.StatusTooManyRequests && response.StatusCode != http.StatusServiceUnavailable {
		return 0, false
	}
	// Longer than a year is as good as for ever.
	if seconds, err := strconv.ParseUint(header, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, 366*24*3600)) * time.Second, true
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(time.Until(at), 0), true
	}
	return 0, false
}

// backOff is the wait before attempt + 1: it doubles, spread so that many clients do not come back as one.
func backOff(attempt int) time.Duration {
	return time.Duration(float64(firstDelay<<attempt) * (0.75 + mathrand.Float64()/2))
}

// sleep waits, unless the context ends it.
func sleep(ctx context.Context, delay time.Duration) error {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

func takesKey(request *http.Request) bool {
	called := request.Method + " " + request.URL.Path
	for _, operation := range generated.IdempotentOperations {
		if operation.MatchString(called) {
			return true
		}
	}
	return false
}
