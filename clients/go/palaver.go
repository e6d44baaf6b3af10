// Package palaver talks to a Palaver server: the operations and types of the contract are in the package generated,
// streams that survive lost connections here.
package palaver

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"palaver/client/generated"
)

// Version is the version of the contract that this package was made from.
const Version = generated.ContractVersion

// Options of a Client; the zero value will do.
type Options struct {
	// Token is a session or API token.
	Token string
	// HTTP is used in place of a client with the defaults. It should have no time-out: streams are long.
	HTTP *http.Client
	// Retries, when nil, are 4 with at most 30 s between them.
	Retries *Retries
}

// Client is a server, as one user.
type Client struct {
	// API has every operation of the contract. They return an *Error for each refusal, so the fields of an answer that
	// stand for refusals stay empty.
	API *generated.ClientWithResponses

	url  string
	doer *doer
}

// New makes a client of the server at this address. It makes no request.
func New(url string, options Options) (*Client, error) {
	retries := Retries{Count: 4, MaxDelay: 30 * time.Second}
	if options.Retries != nil {
		retries = *options.Retries
	}
	client := &Client{url: strings.TrimRight(url, "/")}
	client.doer = &doer{http: options.HTTP, retries: retries, token: options.Token}
	if options.HTTP == nil {
		client.doer.http = &http.Client{}
	}
	api, err := generated.NewClientWithResponses(client.url, generated.WithHTTPClient(client.doer))
	if err != nil {
		return nil, err
	}
	client.API = api
	return client, nil
}

// SignIn makes a client for the user who signs in. It returns an *Error with status 401 when the password is wrong.
func SignIn(ctx context.Context, url, email, password string, options Options) (*Client, error) {
	options.Token = ""
	anonymous, err := New(url, options)
	if err != nil {
		return nil, err
	}
	body := generated.LogInUserJSONRequestBody{Email: email, Password: password}
	answer, err := anonymous.API.LogInUserWithResponse(ctx, body)
	if err != nil {
		return nil, err
	}
	if answer.JSON201 == nil {
		return nil, errUnexpected
	}
	options.Token = answer.JSON201.SessionToken
	return New(url, options)
}

// Chat is a chat that exists.
func (c *Client) Chat(id uuid.UUID) *Chat {
	return &Chat{ID: id, client: c}
}

// CreateChat makes a chat whose first turn answers the request's content.
func (c *Client) CreateChat(ctx context.Context, request generated.CreateChatRequest) (*Chat, error) {
	answer, err := c.API.CreateChatWithResponse(ctx, nil, request)
	if err != nil {
		return nil, err
	}
	if answer.JSON201 == nil {
		return nil, errUnexpected
	}
	return c.Chat(answer.JSON201.ID), nil
}

// errUnexpected is a success of another kind than the contract has.
var errUnexpected = errors.New("the server's answer is not of the contract")

// Text is content that says this.
func Text(text string) []generated.ChatInputPart {
	var part generated.ChatInputPart
	// Encoding two strings does not fail.
	_ = part.FromChatInputTextPart(generated.ChatInputTextPart{Type: generated.ChatInputTextPartTypeText, Text: text})
	return []generated.ChatInputPart{part}
}
