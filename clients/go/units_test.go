package palaver

// What the journeys do not meet: answers that a live server does not give on demand.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"palaver/client/generated"
)

const (
	chatID  = "9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25"
	patient = 30 * time.Second
	sent    = `{"queued":false,"message":{"id":7,"chat_id":"` + chatID +
		`","created_at":"2026-08-01T10:01:00Z","role":"user"}}`
)

// answer writes what comes; it panics with http.ErrAbortHandler to close the connection in the middle.
type answer func(http.ResponseWriter, *http.Request)

// script is a server that answers requests as it is told, and keeps what it was asked.
type script struct {
	*testing.T
	chat *Chat
	left chan struct{}

	mutex    sync.Mutex
	answers  []answer
	requests []*http.Request
	bodies   []string
}

func scripted(t *testing.T, answers ...answer) *script {
	t.Helper()
	s := &script{T: t, answers: answers, left: make(chan struct{}, 1)}
	server := httptest.NewServer(s)
	client, err := New(server.URL, Options{Token: "token"})
	if err != nil {
		t.Fatal(err)
	}
	s.chat = client.Chat(uuid.MustParse(chatID))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		if len(s.answers) > 0 {
			t.Errorf("%d answers were not fetched", len(s.answers))
		}
	})
	return s
}

func (s *script) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	s.mutex.Lock()
	s.requests = append(s.requests, request)
	s.bodies = append(s.bodies, string(body))
	if len(s.answers) == 0 {
		s.mutex.Unlock()
		reply(http.StatusInternalServerError, `{"message":"One request too many."}`, "")(writer, request)
		return
	}
	next := s.answers[0]
	s.answers = s.answers[1:]
	s.mutex.Unlock()
	next(writer, request)
}

func (s *script) headers(name string) []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var values []string
	for _, request := range s.requests {
		values = append(values, request.Header.Get(name))
	}
	return values
}

func (s *script) equal(got, want any) {
	s.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.Fatalf("got %v, want %v", got, want)
	}
}

// silence keeps the connection until the client closes it.
func (s *script) silence(_ http.ResponseWriter, request *http.Request) {
	<-request.Context().Done()
	s.left <- struct{}{}
}

func (s *script) mustBeLeft() {
	s.Helper()
	select {
	case <-s.left:
	case <-time.After(patient):
		s.Fatal("the connection is still open")
	}
}

func (s *script) send() error {
	_, err := s.chat.Send(context.Background(), generated.CreateChatMessageRequest{Content: Text("hi")})
	return err
}

// follow gives what a stream of the chat's turn brings, numbers of parts and names of statuses, and how it ends.
func (s *script) follow(options StreamOptions) ([]string, error) {
	options.UntilRest = true
	var seen []string
	for event, err := range s.chat.Stream(options).Events(context.Background()) {
		if err != nil {
			return seen, err
		}
		switch event := event.(type) {
		case generated.ChatStreamMessagePartEvent:
			seen = append(seen, fmt.Sprint(*event.MessagePart.Seq))
		case generated.ChatStreamStatusEvent:
			seen = append(seen, string(event.Status.Status))
		}
	}
	return seen, nil
}

func reply(status int, body, retryAfter string) answer {
	return func(writer http.ResponseWriter, _ *http.Request) {
		if retryAfter != "" {
			writer.Header().Set("Retry-After", retryAfter)
		}
		writer.Header().Set("Content-Type", "application/json")
		writer.WriteHeader(status)
		_, _ = io.WriteString(writer, body)
	}
}

// cut closes the connection at once, or in the middle of what was written before.
func cut(http.ResponseWriter, *http.Request) {
	panic(http.ErrAbortHandler)
}

// stream sends these pieces of server-sent events each by itself.
func stream(pieces ...string) answer {
	return func(writer http.ResponseWriter, _ *http.Request) {
		writer.Header().Set("Content-Type", "text/event-stream")
		writer.WriteHeader(http.StatusOK)
		for _, piece := range pieces {
			_, _ = io.WriteString(writer, piece)
			writer.(http.Flusher).Flush()
		}
	}
}

func then(answers ...answer) answer {
	return func(writer http.ResponseWriter, request *http.Request) {
		for _, next := range answers {
			next(writer, request)
		}
	}
}

func part(number int) string {
	return fmt.Sprintf("id: %d\ndata: {\"type\":\"message_part\",\"chat_id\":%q,\"message_part\":"+
		"{\"part\":{\"type\":\"text\",\"text\":\"schön\"},\"seq\":%d}}\n\n", number, chatID, number)
}

func status(number int, name string) string {
	return fmt.Sprintf("id: %d\ndata: {\"type\":\"status\",\"chat_id\":%q,\"status\":{\"status\":%q}}\n\n", number, chatID, name)
}

func quickly(t *testing.T) {
	before := firstDelay
	firstDelay = time.Millisecond
	t.Cleanup(func() { firstDelay = before })
}

func TestStreamThatIsCutInAnEventGoesOnBehindTheOneBefore(t *testing.T) {
	quickly(t)
	s := scripted(t, then(stream(part(1), part(2)[:30]), cut), stream(part(2), part(3), status(4, "waiting")))
	seen, err := s.follow(StreamOptions{})
	s.equal(err, nil)
	s.equal(seen, []string{"1", "2", "3", "waiting"})
	s.equal(s.headers("Last-Event-Id"), []string{"", "1"})
}

func TestStreamThatTheServerEndsGoesOnAndAMessageCountsOnlyOnce(t *testing.T) {
	quickly(t)
	s := scripted(t, stream(part(1)), stream(), stream(part(2), status(3, "waiting")))
	seen, err := s.follow(StreamOptions{AfterMessage: 41})
	s.equal(err, nil)
	s.equal(seen, []string{"1", "2", "waiting"})
	s.equal(s.headers("Last-Event-Id"), []string{"", "1", "1"})
	s.equal([]string{s.requests[0].URL.RawQuery, s.requests[1].URL.RawQuery}, []string{"after_id=41", ""})
}

func TestEventsArePutTogetherFromPiecesCutAnywhere(t *testing.T) {
	text := ": heartbeat\n\n" + part(1) + strings.ReplaceAll(status(2, "waiting"), "\n", "\r\n")
	s := scripted(t, stream(strings.Split(text, "")...))
	seen, err := s.follow(StreamOptions{})
	s.equal(err, nil)
	s.equal(seen, []string{"1", "waiting"})
}

func TestEventOfANewerTypeIsLeftOutAndMovesTheCursor(t *testing.T) {
	quickly(t)
	s := scripted(t, stream("id: 5\ndata: {\"type\":\"weather\"}\n\n"), stream(status(6, "waiting")))
	seen, err := s.follow(StreamOptions{})
	s.equal(err, nil)
	s.equal(seen, []string{"waiting"})
	s.equal(s.headers("Last-Event-Id"), []string{"", "5"})
}

func TestEventThatCannotBeReadIsAskedForOnceMore(t *testing.T) {
	quickly(t)
	for _, broken := range []string{`{"type": "status"`, `{"kind": "status"}`, `[1]`} {
		broken = "id: 2\ndata: " + broken + "\n\n"
		s := scripted(t, stream(part(1), broken), stream(status(2, "waiting")))
		seen, err := s.follow(StreamOptions{})
		s.equal(err, nil)
		s.equal(seen, []string{"1", "waiting"})
		s.equal(s.headers("Last-Event-Id"), []string{"", "1"})

		s = scripted(t, stream(part(1), broken), stream(broken))
		_, err = s.follow(StreamOptions{})
		s.equal([]bool{errors.Is(err, ErrStreamLost), errors.Is(err, errUnreadable)}, []bool{true, true})
	}
}

func TestSilentConnectionIsGivenUpAndTheStreamGoesOn(t *testing.T) {
	quickly(t)
	before := streamSilence
	streamSilence = time.Second
	t.Cleanup(func() { streamSilence = before })
	var s *script
	s = scripted(t, func(writer http.ResponseWriter, request *http.Request) {
		then(stream(part(1)), s.silence)(writer, request)
	}, stream(status(2, "waiting")))
	count := 0
	for _, err := range s.chat.Stream(StreamOptions{UntilRest: true}).Events(context.Background()) {
		s.equal(err, nil)
		count++
		// The next connection may take its time.
		streamSilence = before
	}
	s.equal(count, 2)
	s.equal(s.headers("Last-Event-Id"), []string{"", "1"})
	s.mustBeLeft()
}

func TestStreamIsGivenUpAfterSeveralAttemptsWithoutAnEvent(t *testing.T) {
	quickly(t)
	s := scripted(t, slices.Concat([]answer{stream(part(1))}, slices.Repeat([]answer{stream()}, streamAttempts-1))...)
	_, err := s.follow(StreamOptions{})
	s.equal(errors.Is(err, ErrStreamLost), true)
	s.equal(len(s.headers("Last-Event-Id")), streamAttempts)
}

func TestStreamThatIsRefusedForGoodIsNotAskedForAgain(t *testing.T) {
	quickly(t)
	s := scripted(t, stream(part(1)), reply(http.StatusNotFound, `{"message":"Gone."}`, ""))
	_, err := s.follow(StreamOptions{})
	var refusal *Error
	s.equal(errors.As(err, &refusal) && refusal.Message == "Gone.", true)
}

func TestStreamThatNobodyFollowsHasNoConnection(t *testing.T) {
	for _, how := range []string{"left", "cancelled"} {
		t.Run(how, func(t *testing.T) {
			var s *script
			s = scripted(t, func(writer http.ResponseWriter, request *http.Request) {
				then(stream(part(1)), s.silence)(writer, request)
			})
			ctx, cancel := context.WithCancelCause(context.Background())
			defer cancel(nil)
			enough := errors.New("enough")
			var last error
			for event, err := range s.chat.Stream(StreamOptions{}).Events(ctx) {
				last = err
				if how == "left" {
					break
				}
				if event != nil {
					cancel(enough)
				}
			}
			s.mustBeLeft()
			if how == "cancelled" {
				s.equal(last, enough)
			}
		})
	}
}

func TestRepeatedMessageHasTheSameKeyAndBody(t *testing.T) {
	quickly(t)
	refusals := map[string]answer{
		"Retry-After":            reply(http.StatusTooManyRequests, `{"message":"Later."}`, "0"),
		"a date that has passed": reply(http.StatusServiceUnavailable, `{"message":"Later."}`, "Thu, 01 Jan 1970 00:00:00 GMT"),
		"gateway":                reply(http.StatusBadGateway, `{"message":"A gateway."}`, ""),
		"lost answer":            cut,
	}
	for name, refusal := range refusals {
		t.Run(name, func(t *testing.T) {
			s := scripted(t, refusal, refusal, reply(http.StatusOK, sent, ""), reply(http.StatusOK, sent, ""))
			s.equal(s.send(), nil)
			s.equal(s.send(), nil)
			keys := s.headers(idempotencyKey)
			s.equal(keys[0] != "" && keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3], true)
			s.equal(len(slices.Compact(s.bodies)), 1)
		})
	}
}

func TestWhatCouldActTwiceIsNotRepeated(t *testing.T) {
	quickly(t)
	s := scripted(t, cut, reply(http.StatusBadGateway, `{"message":"A gateway."}`, ""))
	for range 2 {
		_, err := s.chat.client.API.InterruptChatWithResponse(context.Background(), s.chat.ID)
		s.equal(err != nil, true)
	}
	s.equal(len(s.requests), 2)
}

func TestTheWaitThatTheServerWantsIsKept(t *testing.T) {
	quickly(t)
	later := reply(http.StatusTooManyRequests, `{"message":"Later."}`, "1")
	s := scripted(t, later, reply(http.StatusOK, sent, ""), later, stream(status(1, "waiting")))
	for _, act := range []func() error{s.send, func() error { _, err := s.follow(StreamOptions{}); return err }} {
		began := time.Now()
		s.equal(act(), nil)
		s.equal(time.Since(began) >= time.Second, true)
	}
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	s := scripted(t, reply(http.StatusTooManyRequests, `{"message":"Later."}`, "20"))
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := s.chat.Send(ctx, generated.CreateChatMessageRequest{Content: Text("hi")})
	s.equal(errors.Is(err, context.DeadlineExceeded), true)
}

func TestRefusalsThatAreNotWaitedFor(t *testing.T) {
	for _, wanted := range []string{
		"31", "1" + strings.Repeat("0", 400), "Fri, 01 Jan 2100 00:00:00 GMT", // longer than one would wait
		"soon", "nan", "-1", "", // no time at all
	} {
		t.Run(wanted[:min(len(wanted), 10)], func(t *testing.T) {
			later := reply(http.StatusTooManyRequests, `{"message":"Later."}`, wanted)
			s := scripted(t, later, later)
			for _, act := range []func() error{s.send, func() error { _, err := s.follow(StreamOptions{}); return err }} {
				var refusal *Error
				s.equal(errors.As(act(), &refusal) && refusal.Message == "Later.", true)
			}
		})
	}
}

func TestQueuedMessageHasItsTurnBeforeItsStreamEnds(t *testing.T) {
	queue := func(ids ...int64) generated.ChatStreamQueueUpdateEvent {
		var entries []generated.ChatQueuedMessage
		for _, id := range ids {
			entries = append(entries, generated.ChatQueuedMessage{ID: id})
		}
		return generated.ChatStreamQueueUpdateEvent{QueuedMessages: &entries}
	}
	waiting := generated.ChatStreamStatusEvent{Status: generated.ChatStreamStatus{Status: generated.ChatStatusWaiting}}
	end := turnEnd{queued: 2}
	var ends []bool
	for _, event := range []any{queue(1, 2), waiting, queue(2), waiting, queue(), waiting} {
		ends = append(ends, end.seen(event))
	}
	if fmt.Sprint(ends) != "[false false false false false true]" {
		t.Fatal(ends)
	}
}
