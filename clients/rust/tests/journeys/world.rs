//! The server, over a steady and an unsteady network, and what journeys do on it.

use std::env;
use std::error::Error;
use std::fmt::Debug;

use palaver_client::apis::configuration::Configuration;
use palaver_client::apis::{self, chat_messages_api, chats_api, users_api, ResponseContent};
use palaver_client::models::{
    ChatBusyBehavior, ChatInputPart, ChatInputTextPart, ChatMessage, ChatMessagePart, ChatMessageRole, ChatStreamEvent,
    CreateChatMessageRequest, CreateChatMessageResponse, CreateChatRequest,
};
use uuid::Uuid;

use crate::network::client;
use crate::stream::{After, EventStream};

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

pub struct World {
    pub url: String,
    pub steady: Configuration,
    pub unsteady: Configuration,
    pub organization: Uuid,
}

impl World {
    pub async fn from_environment() -> Outcome<Self> {
        let (url, token) = (env::var("PALAVER_URL")?, env::var("PALAVER_TOKEN")?);
        let steady = client(&url, Some(&token))?;
        let unsteady = client(&env::var("PALAVER_UNSTEADY_URL")?, Some(&token))?;
        let organization = users_api::get_user_by_name(&steady, "me").await?.organization_ids[0];
        Ok(Self { url, steady, unsteady, organization })
    }

    pub fn chat_of(&self, content: Vec<ChatInputPart>) -> CreateChatRequest {
        CreateChatRequest::new(self.organization, content)
    }

    /// A new chat, by its id.
    pub async fn chat(&self, through: &Configuration, request: CreateChatRequest) -> Outcome<String> {
        Ok(chats_api::create_chat(through, request, Some(&key())).await?.id.to_string())
    }

    /// A chat whose first turn is over.
    pub async fn rested(&self, through: &Configuration, said: &str) -> Outcome<String> {
        let chat = self.chat(through, self.chat_of(text(said))).await?;
        self.rest(&chat).await?;
        Ok(chat)
    }

    /// The chat's events from its beginning until it rests.
    pub async fn rest(&self, chat: &str) -> Outcome<Vec<ChatStreamEvent>> {
        EventStream::new(&self.steady, chat, After::Nothing).until_rest().collect().await
    }

    pub async fn history(&self, chat: &str) -> Outcome<Vec<ChatMessage>> {
        let page = chat_messages_api::list_chat_messages(&self.steady, chat, None, None, Some(200)).await?;
        Ok(page.messages.into_iter().rev().collect())
    }

    pub async fn said(&self, chat: &str, role: ChatMessageRole) -> Outcome<Vec<String>> {
        let history = self.history(chat).await?;
        Ok(history.iter().filter(|message| message.role == role).map(|message| text_of(&message.content)).collect())
    }
}

pub async fn send(
    through: &Configuration,
    chat: &str,
    said: &str,
    busy: Option<ChatBusyBehavior>,
) -> Result<CreateChatMessageResponse, apis::Error<chat_messages_api::SendChatMessageError>> {
    let mut request = CreateChatMessageRequest::new(text(said));
    request.busy_behavior = busy;
    chat_messages_api::send_chat_message(through, chat, request, Some(&key())).await
}

/// Sends a message and streams what follows it, until the chat rests.
pub async fn send_and_stream<'a>(
    through: &'a Configuration,
    chat: &str,
    said: &str,
    busy: Option<ChatBusyBehavior>,
) -> Outcome<EventStream<'a>> {
    // Looked for before sending: a message that was queued may be answered by the time that we hear of it.
    let page = chat_messages_api::list_chat_messages(through, chat, None, None, Some(1)).await?;
    let sent = send(through, chat, said, busy).await?;
    if let Some(entry) = sent.queued_message {
        let last = page.messages.first().map_or(After::Nothing, |message| After::Message(message.id));
        return Ok(EventStream::new(through, chat, last).until_answered(entry.id));
    }
    let message = sent.message.ok_or("neither a message nor a queue entry")?;
    Ok(EventStream::new(through, chat, After::Message(message.id)).until_rest())
}

/// What the operation was refused with.
pub fn refused<T: Debug, E: Debug>(result: Result<T, apis::Error<E>>, status: u16) -> ResponseContent<E> {
    match result {
        Err(apis::Error::ResponseError(refusal)) if refusal.status == status => refusal,
        other => panic!("not refused with {status}: {other:?}"),
    }
}

pub fn key() -> String {
    Uuid::new_v4().to_string()
}

pub fn text(said: &str) -> Vec<ChatInputPart> {
    vec![ChatInputPart::Text(Box::new(ChatInputTextPart::new(said.to_owned())))]
}

pub fn text_of(parts: &Option<Vec<ChatMessagePart>>) -> String {
    parts.iter().flatten().map(part_text).collect()
}

fn part_text(part: &ChatMessagePart) -> &str {
    match part {
        ChatMessagePart::Text(part) => &part.text,
        _ => "",
    }
}

pub fn live_text(events: &[ChatStreamEvent]) -> String {
    let parts = events.iter().filter_map(|event| match event {
        ChatStreamEvent::MessagePart(event) => Some(part_text(&event.message_part.part)),
        _ => None,
    });
    parts.collect()
}

/// The numbers of the live parts.
pub fn numbers(events: &[ChatStreamEvent]) -> Vec<i64> {
    let numbers = events.iter().filter_map(|event| match event {
        ChatStreamEvent::MessagePart(event) => event.message_part.seq,
        _ => None,
    });
    numbers.collect()
}

pub fn messages(events: &[ChatStreamEvent]) -> Vec<&ChatMessage> {
    let messages = events.iter().filter_map(|event| match event {
        ChatStreamEvent::Message(event) => Some(&*event.message),
        _ => None,
    });
    messages.collect()
}
