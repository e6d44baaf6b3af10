package palaver_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	palaver "palaver/client"
	"palaver/client/generated"
)

// world is the server, over a steady and an unsteady network, and where chats are made.
type world struct {
	*testing.T
	ctx              context.Context
	steady, unsteady *palaver.Client
	organization     uuid.UUID
}

func setting(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set", name)
	}
	return value
}

func (w world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w world) equal(got, want any) {
	w.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.Fatalf("got %v, want %v", got, want)
	}
}

func (w world) refused(err error, status int) *palaver.Error {
	w.Helper()
	var refusal *palaver.Error
	if !errors.As(err, &refusal) || refusal.Status != status || refusal.Message == "" {
		w.Fatalf("got %v, want a refusal with status %d", err, status)
	}
	return refusal
}

func (w world) chat(through *palaver.Client, text string) *palaver.Chat {
	w.Helper()
	request := generated.CreateChatRequest{OrganizationID: w.organization, Content: palaver.Text(text)}
	chat, err := through.CreateChat(w.ctx, request)
	w.must(err)
	return chat
}

// rested is a chat whose first turn is over.
func (w world) rested(through *palaver.Client, text string) *palaver.Chat {
	w.Helper()
	chat := w.chat(through, text)
	w.collect(w.steady.Chat(chat.ID).Stream(palaver.StreamOptions{UntilRest: true}))
	return chat
}

func (w world) collect(stream *palaver.EventStream) []any {
	w.Helper()
	var events []any
	for event, err := range stream.Events(w.ctx) {
		w.must(err)
		events = append(events, event)
	}
	return events
}

func (w world) history(chat *palaver.Chat) []generated.ChatMessage {
	w.Helper()
	limit := int32(200)
	page, err := w.steady.API.ListChatMessagesWithResponse(w.ctx, chat.ID, &generated.ListChatMessagesParams{Limit: &limit})
	w.must(err)
	slices.Reverse(page.JSON200.Messages)
	return page.JSON200.Messages
}

func (w world) said(chat *palaver.Chat, role generated.ChatMessageRole) []string {
	w.Helper()
	var texts []string
	for _, message := range w.history(chat) {
		if message.Role == role {
			texts = append(texts, textOf(message.Content))
		}
	}
	return texts
}

func message(text string, busy generated.ChatBusyBehavior) generated.CreateChatMessageRequest {
	return generated.CreateChatMessageRequest{Content: palaver.Text(text), BusyBehavior: &busy}
}

func textOf(parts *[]generated.ChatMessagePart) string {
	var text strings.Builder
	if parts != nil {
		for _, part := range *parts {
			if value, err := part.ValueByDiscriminator(); err == nil {
				if part, ok := value.(generated.ChatTextPart); ok {
					text.WriteString(part.Text)
				}
			}
		}
	}
	return text.String()
}

func liveText(events []any) string {
	var parts []generated.ChatMessagePart
	for _, event := range events {
		if event, ok := event.(generated.ChatStreamMessagePartEvent); ok {
			parts = append(parts, event.MessagePart.Part)
		}
	}
	return textOf(&parts)
}

func numbers(events []any) []int64 {
	var seqs []int64
	for _, event := range events {
		if event, ok := event.(generated.ChatStreamMessagePartEvent); ok {
			seqs = append(seqs, *event.MessagePart.Seq)
		}
	}
	return seqs
}

func messages(events []any) []generated.ChatMessage {
	var found []generated.ChatMessage
	for _, event := range events {
		if event, ok := event.(generated.ChatStreamMessageEvent); ok {
			found = append(found, event.Message)
		}
	}
	return found
}

// TestJourneys goes the journeys of ../journeys.md.
func TestJourneys(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	url, options := setting(t, "PALAVER_URL"), palaver.Options{Token: setting(t, "PALAVER_TOKEN")}
	w := world{T: t, ctx: ctx}
	var err error
	w.steady, err = palaver.New(url, options)
	w.must(err)
	w.unsteady, err = palaver.New(setting(t, "PALAVER_UNSTEADY_URL"), options)
	w.must(err)
	me, err := w.steady.API.GetUserByNameWithResponse(ctx, "me")
	w.must(err)
	w.organization = me.JSON200.OrganizationIds[0]

	run := func(journey func(world)) func(*testing.T) {
		return func(t *testing.T) {
			w := w
			w.T = t
			journey(w)
		}
	}
	t.Run("sign_in", run(signIn))
	t.Run("create_and_send", run(createAndSend))
	t.Run("stream_to_the_end", run(streamToTheEnd))
	t.Run("resume", run(resume))
	t.Run("queue_promote_interrupt", run(queuePromoteInterrupt))
	t.Run("files", run(files))
	t.Run("client_side_tool", run(clientSideTool))
	t.Run("refused_send", run(refusedSend))
	t.Run("paging", run(paging))
	t.Run("cancel", run(cancelStream))
}

func signIn(w world) {
	url, email := setting(w.T, "PALAVER_URL"), setting(w.T, "PALAVER_EMAIL")
	signedIn, err := palaver.SignIn(w.ctx, url, email, setting(w.T, "PALAVER_PASSWORD"), palaver.Options{})
	w.must(err)
	me, err := signedIn.API.GetUserByNameWithResponse(w.ctx, "me")
	w.must(err)
	w.equal(me.JSON200.Email, email)
	_, err = palaver.SignIn(w.ctx, url, email, "Wrong-Horse-7-Staple", palaver.Options{})
	w.refused(err, http.StatusUnauthorized)
}

func createAndSend(w world) {
	chat := w.rested(w.unsteady, "first")
	sent, err := chat.Send(w.ctx, generated.CreateChatMessageRequest{Content: palaver.Text("second")})
	w.must(err)
	w.equal(sent.Queued, false)
	w.collect(w.steady.Chat(chat.ID).Stream(palaver.StreamOptions{AfterMessage: sent.Message.ID, UntilRest: true}))
	w.equal(w.said(chat, generated.ChatMessageRoleUser), []string{"first", "second"})
	w.equal(w.said(chat, generated.ChatMessageRoleAssistant), []string{"first", "second"})
}

func streamToTheEnd(w world) {
	chat := w.rested(w.steady, "hello")
	stream, err := chat.SendAndStream(w.ctx, generated.CreateChatMessageRequest{Content: palaver.Text("/slow 10 0.02")})
	w.must(err)
	events := w.collect(stream)
	answers := messages(events)
	w.equal(len(answers), 1)
	w.equal(answers[0].Role, generated.ChatMessageRoleAssistant)
	w.equal(liveText(events), textOf(answers[0].Content))
	last, ok := events[len(events)-1].(generated.ChatStreamStatusEvent)
	w.equal(ok && last.Status.Status == generated.ChatStatusWaiting, true)
}

func resume(w world) {
	chat := w.rested(w.unsteady, "hello")
	stream, err := chat.SendAndStream(w.ctx, generated.CreateChatMessageRequest{Content: palaver.Text("/slow 80 0.04")})
	w.must(err)
	var events []any
	for event, err := range stream.Events(w.ctx) {
		w.must(err)
		events = append(events, event)
		if seqs := numbers([]any{event}); len(seqs) == 1 && seqs[0] == 20 {
			break
		}
	}
	events = append(events, w.collect(chat.Stream(palaver.StreamOptions{After: stream.Cursor(), UntilRest: true}))...)
	seqs := numbers(events)
	w.equal(len(seqs) > 40, true)
	for index, seq := range seqs {
		w.equal(seq, index+1)
	}
	answers := messages(events)
	w.equal(len(answers), 1)
	// What was said while the connection was down may come with the answer alone, when the turn has ended meanwhile.
	w.equal(strings.HasPrefix(textOf(answers[0].Content), liveText(events)), true)
}

func queuePromoteInterrupt(w world) {
	chat := w.chat(w.steady, "/slow 200 0.1")
	_, err := chat.Send(w.ctx, message("first", generated.ChatBusyBehaviorQueue))
	w.must(err)
	second, err := chat.Send(w.ctx, message("second", generated.ChatBusyBehaviorQueue))
	w.must(err)
	_, err = w.steady.API.PromoteChatQueuedMessageWithResponse(w.ctx, chat.ID, second.QueuedMessage.ID)
	w.must(err)
	// Its own entry is the last of the queue: when it is at work, all others have been answered.
	stream, err := chat.SendAndStream(w.ctx, message("/slow 200 0.2", generated.ChatBusyBehaviorQueue))
	w.must(err)
	for event, err := range stream.Events(w.ctx) {
		w.must(err)
		if event, ok := event.(generated.ChatStreamMessageEvent); ok && textOf(event.Message.Content) == "/slow 200 0.2" {
			_, err := w.steady.API.InterruptChatWithResponse(w.ctx, chat.ID)
			w.must(err)
		}
	}
	w.equal(w.said(chat, generated.ChatMessageRoleUser), []string{"/slow 200 0.1", "second", "first", "/slow 200 0.2"})
}

func files(w world) {
	content := []byte("# Notes\n\nschön\n")
	file, err := w.steady.API.UploadChatFileWithBodyWithResponse(w.ctx, &generated.UploadChatFileParams{
		Organization:       w.organization,
		ContentDisposition: `attachment; filename="notes.md"`,
	}, "text/markdown", bytes.NewReader(content))
	w.must(err)
	var attached generated.ChatInputPart
	w.must(attached.FromChatInputFilePart(generated.ChatInputFilePart{FileID: file.JSON201.ID}))
	chat, err := w.steady.CreateChat(w.ctx, generated.CreateChatRequest{
		OrganizationID: w.organization,
		Content:        append(palaver.Text("read this"), attached),
	})
	w.must(err)
	w.collect(chat.Stream(palaver.StreamOptions{UntilRest: true}))
	found := false
	for _, part := range *w.history(chat)[0].Content {
		value, err := part.ValueByDiscriminator()
		w.must(err)
		part, ok := value.(generated.ChatFilePart)
		found = found || ok && part.FileID != nil && *part.FileID == file.JSON201.ID
	}
	w.equal(found, true)
	downloaded, err := w.steady.API.GetChatFileWithResponse(w.ctx, file.JSON201.ID)
	w.must(err)
	w.equal(downloaded.Body, content)
	w.equal(strings.HasPrefix(downloaded.HTTPResponse.Header.Get("Content-Type"), "text/markdown"), true)
}

func clientSideTool(w world) {
	description := "Picks one."
	chat, err := w.steady.CreateChat(w.ctx, generated.CreateChatRequest{
		OrganizationID:     w.organization,
		Content:            palaver.Text(`/tool pick {"from": [3, 4]}`),
		UnsafeDynamicTools: &[]generated.DynamicTool{{Name: "pick", Description: &description}},
	})
	w.must(err)
	stream := chat.Stream(palaver.StreamOptions{UntilRest: true})
	events := w.collect(stream)
	asked, ok := events[len(events)-1].(generated.ChatStreamActionRequiredEvent)
	w.equal(ok, true)
	call := asked.ActionRequired.ToolCalls[0]
	var arguments struct{ From []int }
	w.must(json.Unmarshal([]byte(call.Args), &arguments))
	w.equal(call.ToolName, "pick")
	w.equal(arguments.From, []int{3, 4})
	var output any = 3
	_, err = w.steady.API.SubmitChatToolResultsWithResponse(w.ctx, chat.ID, generated.SubmitToolResultsRequest{
		Results: []generated.ToolResult{{ToolCallID: call.ToolCallID, Output: &output}},
	})
	w.must(err)
	w.collect(chat.Stream(palaver.StreamOptions{After: stream.Cursor(), UntilRest: true}))
	said := w.said(chat, generated.ChatMessageRoleAssistant)
	w.equal(strings.Contains(said[len(said)-1], "pick answered: 3"), true)
}

func refusedSend(w world) {
	chat := w.chat(w.steady, "/slow 100 0.1")
	_, err := chat.Send(w.ctx, message("now", generated.ChatBusyBehaviorReject))
	var busy generated.ChatBusyResponse
	w.must(w.refused(err, http.StatusConflict).Decode(&busy))
	w.equal(*busy.Status, generated.ChatStatusRunning)
	w.equal(busy.TurnMessageID != nil, true)
	_, err = chat.Send(w.ctx, generated.CreateChatMessageRequest{Content: palaver.Text(" ")})
	w.refused(err, http.StatusBadRequest)
	_, err = w.steady.API.InterruptChatWithResponse(w.ctx, chat.ID)
	w.must(err)
	w.collect(chat.Stream(palaver.StreamOptions{UntilRest: true}))
	w.equal(len(w.said(chat, generated.ChatMessageRoleUser)), 1)
}

func paging(w world) {
	var said []string
	var history []map[string]any
	for index := range 1000 {
		said = append(said, fmt.Sprintf("message %d", index))
		role := []string{"user", "assistant"}[index%2]
		history = append(history, map[string]any{
			"role": role, "content": []any{map[string]any{"type": "text", "text": said[index]}},
		})
	}
	body, err := json.Marshal(map[string]any{
		"organization_id": w.organization,
		"export": map[string]any{
			"format": "palaver-chat", "version": 1, "chat": map[string]any{"title": "Long"}, "messages": history,
		},
	})
	w.must(err)
	chat, err := w.steady.API.ImportChatWithBodyWithResponse(w.ctx, nil, "application/json", bytes.NewReader(body))
	w.must(err)
	limit := int32(150)
	params := generated.ListChatMessagesParams{Limit: &limit}
	var read []string
	for more := true; more; {
		page, err := w.steady.API.ListChatMessagesWithResponse(w.ctx, chat.JSON201.ID, &params)
		w.must(err)
		for _, message := range page.JSON200.Messages {
			read = append(read, textOf(message.Content))
			params.BeforeID = &message.ID
		}
		more = page.JSON200.HasMore
	}
	slices.Reverse(read)
	w.equal(read, said)
}

func cancelStream(w world) {
	chat := w.chat(w.steady, "/slow 20 0.1")
	for event, err := range chat.Stream(palaver.StreamOptions{}).Events(w.ctx) {
		w.must(err)
		if _, ok := event.(generated.ChatStreamMessagePartEvent); ok {
			break
		}
	}
	enough := errors.New("enough")
	ctx, cancel := context.WithTimeoutCause(w.ctx, 300*time.Millisecond, enough)
	defer cancel()
	began := time.Now()
	var last error
	for _, err := range chat.Stream(palaver.StreamOptions{}).Events(ctx) {
		last = err
	}
	w.equal(errors.Is(last, enough), true)
	w.equal(time.Since(began) < 1500*time.Millisecond, true)
	w.collect(chat.Stream(palaver.StreamOptions{UntilRest: true}))
	said := w.said(chat, generated.ChatMessageRoleAssistant)
	w.equal(said[len(said)-1] != "", true)
}
