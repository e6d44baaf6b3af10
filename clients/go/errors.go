package palaver

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"palaver/client/generated"
)

// ErrStreamLost tells that a stream could not be kept open; it is joined with what the last attempt met.
var ErrStreamLost = errors.New("the stream could not be kept open")

const errorBodyBytes = 1 << 20

// Error is what the server refused a request with.
type Error struct {
	// Status is the HTTP status.
	Status int
	// Message says what is wrong, and Detail says more where there is more to say.
	Message, Detail string
	// Validations tell which fields are at fault.
	Validations []generated.ValidationError
	// RequestID names the request in the server's logs.
	RequestID string
	// Body is what came, for Decode.
	Body []byte

	retryAfter  time.Duration
	isTemporary bool
}

// Error describes the refusal.
func (e *Error) Error() string {
	text := fmt.Sprintf("%d: %s", e.Status, e.Message)
	if e.Detail != "" {
		text += " " + e.Detail
	}
	return text
}

// Decode reads the body as the error type of the operation, such as generated.ChatBusyResponse.
func (e *Error) Decode(target any) error {
	return json.Unmarshal(e.Body, target)
}

// readError reads a refusal and closes the response.
func readError(response *http.Response) *Error {
	defer response.Body.Close()
	// What is lost of a body is missing in the message; the status alone tells of the refusal.
	body, _ := io.ReadAll(io.LimitReader(response.Body, errorBodyBytes))
	refusal := &Error{Status: response.StatusCode, RequestID: response.Header.Get("X-Request-Id"), Body: body}
	refusal.retryAfter, refusal.isTemporary = retryAfter(response)
	var known generated.Response
	if json.Unmarshal(body, &known) == nil && known.Message != "" {
		refusal.Message = known.Message
		if known.Detail != nil {
			refusal.Detail = *known.Detail
		}
		if known.Validations != nil {
			refusal.Validations = *known.Validations
		}
	} else if refusal.Message = string(body); refusal.Message == "" {
		refusal.Message = http.StatusText(response.StatusCode)
	}
	return refusal
}
