package palaver

import (
	"context"

	"github.com/google/uuid"

	"palaver/client/generated"
)

// Chat is one chat.
type Chat struct {
	ID uuid.UUID

	client *Client
}

// Stream is the chat's events; it connects when it is iterated over.
func (c *Chat) Stream(options StreamOptions) *EventStream {
	stream := &EventStream{chat: c, options: options, cursor: options.After}
	if options.UntilRest {
		stream.end = &turnEnd{}
	}
	return stream
}

// Send sends a message.
func (c *Chat) Send(
	ctx context.Context, request generated.CreateChatMessageRequest,
) (*generated.CreateChatMessageResponse, error) {
	answer, err := c.client.API.SendChatMessageWithResponse(ctx, c.ID, nil, request)
	if err != nil {
		return nil, err
	}
	if answer.JSON200 == nil {
		return nil, errUnexpected
	}
	return answer.JSON200, nil
}

// SendAndStream sends a message and streams what follows it, until the chat rests. A queued message has its turn first.
func (c *Chat) SendAndStream(ctx context.Context, request generated.CreateChatMessageRequest) (*EventStream, error) {
	// Looked for before sending: a message that was queued may be answered by the time that we hear of it.
	limit := int32(1)
	page, err := c.client.API.ListChatMessagesWithResponse(ctx, c.ID, &generated.ListChatMessagesParams{Limit: &limit})
	if err != nil {
		return nil, err
	}
	sent, err := c.Send(ctx, request)
	if err != nil {
		return nil, err
	}
	stream := c.Stream(StreamOptions{UntilRest: true})
	stream.Sent = sent
	switch {
	case sent.Queued && sent.QueuedMessage != nil:
		stream.end.queued = sent.QueuedMessage.ID
		if page.JSON200 != nil && len(page.JSON200.Messages) > 0 {
			stream.options.AfterMessage = page.JSON200.Messages[0].ID
		}
	case sent.Message != nil:
		stream.options.AfterMessage = sent.Message.ID
	default:
		return nil, errUnexpected
	}
	return stream, nil
}
