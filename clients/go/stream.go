package palaver

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"palaver/client/generated"
)

const (
	streamAttempts = 8
	streamMaxDelay = 10 * time.Second
)

// The server sends a heartbeat every 15 s.
var streamSilence = 45 * time.Second

var (
	errStreamEnded  = errors.New("the server ended the stream")
	errStreamSilent = errors.New("the stream fell silent")
	errUnreadable   = errors.New("an event cannot be read")
)

// StreamOptions say where a stream begins and ends. Without any it is all of the history and has no end.
type StreamOptions struct {
	// After is a cursor: begin behind the event that it came from.
	After string
	// AfterMessage is the id of a message: begin behind it. After counts before it.
	AfterMessage int64
	// UntilRest ends the stream when the chat rests: its turn is over, has failed, or waits for the client.
	UntilRest bool
}

// EventStream has the events of a chat, over as many connections as it takes. A lost connection is resumed behind the
// last event, without gap or repeat.
type EventStream struct {
	// Sent tells what became of the message, of a stream that began with sending one.
	Sent *generated.CreateChatMessageResponse

	chat    *Chat
	options StreamOptions
	cursor  string
	end     *turnEnd
}

// Cursor is where the stream is: keep it to go on later, also in another process.
func (s *EventStream) Cursor() string {
	return s.cursor
}

// Events yields what happens: values of the types generated.ChatStream...Event, to be told apart by a type switch.
// Events of types that are newer than this package are left out. The last pair has an error when there is one: an
// *Error when the server refuses, ErrStreamLost after several attempts in a row without an event or for one that cannot
// be read, the cause of the context when that ends. Leaving the loop closes the connection; a second loop goes on where the first was left.
func (s *EventStream) Events(ctx context.Context) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for attempt := 0; ; attempt++ {
			over, received, err := s.connection(ctx, yield)
			if over {
				return
			}
			if ctx.Err() != nil {
				yield(nil, context.Cause(ctx))
				return
			}
			if received {
				attempt = 0
			}
			delay := min(backOff(attempt), streamMaxDelay)
			var refusal *Error
			if errors.As(err, &refusal) {
				isFinal := !refusal.isTemporary && refusal.Status < http.StatusInternalServerError
				if isFinal || refusal.retryAfter > s.chat.client.doer.retries.MaxDelay {
					yield(nil, refusal)
					return
				}
				delay = max(delay, refusal.retryAfter)
			}
			// Such an event is asked for once more, in case that it was spoiled on its way.
			if attempt+1 >= streamAttempts || errors.Is(err, errUnreadable) && attempt > 0 {
				yield(nil, errors.Join(ErrStreamLost, err))
				return
			}
			if err := sleep(ctx, delay); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// connection passes on what one connection brings: whether the stream is over, whether there was any event, and why the
// connection has ended.
func (s *EventStream) connection(ctx context.Context, yield func(any, error) bool) (over, received bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	response, err := s.open(ctx)
	if err != nil {
		return false, false, err
	}
	defer response.Body.Close()
	silence := time.AfterFunc(streamSilence, func() { cancel(errStreamSilent) })
	defer silence.Stop()
	for message, err := range serverSentEvents(response.Body) {
		silence.Reset(streamSilence)
		if err != nil {
			return false, received, err
		}
		if message.data == nil {
			continue
		}
		event, err := decodeEvent(message.data)
		if err != nil {
			return false, received, errors.Join(errUnreadable, err)
		}
		if message.id != "" {
			s.cursor = message.id
		}
		received = true
		if event == nil {
			continue
		}
		ends := s.end != nil && s.end.seen(event)
		if !yield(event, nil) || ends {
			return true, received, nil
		}
	}
	return false, received, errStreamEnded
}

func (s *EventStream) open(ctx context.Context) (*http.Response, error) {
	path := s.chat.client.url + "/api/experimental/chats/" + url.PathEscape(s.chat.ID.String()) + "/stream"
	if s.cursor == "" && s.options.AfterMessage != 0 {
		path += "?after_id=" + strconv.FormatInt(s.options.AfterMessage, 10)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "text/event-stream")
	if s.cursor != "" {
		request.Header.Set("Last-Event-ID", s.cursor)
	}
	s.chat.client.doer.authenticate(request)
	response, err := s.chat.client.doer.http.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, readError(response)
	}
	return response, nil
}

// decodeEvent gives nil for an event of an unknown type.
func decodeEvent(data []byte) (any, error) {
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(data, &kind); err != nil {
		return nil, err
	}
	if kind.Type == "" {
		return nil, errors.New("it has no type")
	}
	if !generated.StreamEventTypes[kind.Type] {
		return nil, nil
	}
	var event generated.ChatStreamEvent
	if err := event.UnmarshalJSON(data); err != nil {
		return nil, err
	}
	return event.ValueByDiscriminator()
}

// serverSentEvent has the last id that was sent, also by an earlier event of the connection. Without data it is a sign
// of life.
type serverSentEvent struct {
	id   string
	data []byte
}

func serverSentEvents(body io.Reader) iter.Seq2[serverSentEvent, error] {
	return func(yield func(serverSentEvent, error) bool) {
		reader := bufio.NewReader(body)
		var event serverSentEvent
		for {
			line, err := reader.ReadBytes('\n')
			if err != nil {
				// What has come of a line that is cut off is no event.
				if !errors.Is(err, io.EOF) {
					yield(serverSentEvent{}, err)
				}
				return
			}
			line = bytes.TrimRight(line, "\r\n")
			if len(line) == 0 {
				if !yield(event, nil) {
					return
				}
				event.data = nil
				continue
			}
			field, value, _ := bytes.Cut(line, []byte(":"))
			value = bytes.TrimPrefix(value, []byte(" "))
			switch string(field) {
			case "data":
				if event.data != nil {
					event.data = append(event.data, '\n')
				}
				event.data = append(event.data, value...)
			case "id":
				event.id = string(value)
			}
		}
	}
}

// turnEnd tells, from the events of a chat, when it rests: after an error, for its client, or with nothing to answer.
type turnEnd struct {
	// queued is the id of a queue entry that has to have its turn first; 0 when there is none.
	queued int64
}

func (e *turnEnd) seen(event any) bool {
	switch event := event.(type) {
	case generated.ChatStreamQueueUpdateEvent:
		if event.QueuedMessages != nil {
			for _, entry := range *event.QueuedMessages {
				if entry.ID == e.queued {
					return false
				}
			}
		}
		e.queued = 0
	case generated.ChatStreamStatusEvent:
		return event.Status.Status == generated.ChatStatusWaiting && e.queued == 0
	// They come behind the status that they explain.
	case generated.ChatStreamErrorEvent, generated.ChatStreamActionRequiredEvent:
		return true
	}
	return false
}
