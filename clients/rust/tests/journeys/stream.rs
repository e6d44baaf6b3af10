//! A chat's events over server-sent events, over as many connections as it takes.

use std::error::Error;
use std::time::Duration;

use palaver_client::apis::configuration::Configuration;
use palaver_client::models::{ChatStatus, ChatStreamEvent};
use tokio::time::{sleep, timeout};

use crate::network::back_off;

/// The server sends a heartbeat every 15 s.
const SILENCE: Duration = Duration::from_secs(45);
const ATTEMPTS: u32 = 8;

/// Where a stream begins.
pub enum After {
    Nothing,
    /// Behind a message.
    Message(i64),
    /// Behind the event that the cursor came from.
    Cursor(String),
}

/// Events without gap or repeat: a lost connection is resumed behind the last one.
pub struct EventStream<'a> {
    client: &'a Configuration,
    chat: String,
    after_message: Option<i64>,
    until_rest: bool,
    /// A queue entry that has to have its turn before the chat can rest.
    queued: Option<i64>,
    /// Where the stream is.
    pub cursor: Option<String>,
    connection: Option<Connection>,
    lost: u32,
    over: bool,
}

impl<'a> EventStream<'a> {
    pub fn new(client: &'a Configuration, chat: &str, after: After) -> Self {
        let (after_message, cursor) = match after {
            After::Nothing => (None, None),
            After::Message(id) => (Some(id), None),
            After::Cursor(cursor) => (None, Some(cursor)),
        };
        let chat = chat.to_owned();
        let (connection, lost, over) = (None, 0, false);
        Self { client, chat, after_message, until_rest: false, queued: None, cursor, connection, lost, over }
    }

    /// Ends when the chat rests: its turn is over, has failed, or waits for the client.
    pub fn until_rest(mut self) -> Self {
        self.until_rest = true;
        self
    }

    /// Ends when the chat rests, this entry of its queue having had its turn.
    pub fn until_answered(mut self, entry: i64) -> Self {
        self.queued = Some(entry);
        self.until_rest()
    }

    /// The next event; `None` behind the last one.
    pub async fn next(&mut self) -> Result<Option<ChatStreamEvent>, Box<dyn Error>> {
        while !self.over {
            match self.receive().await {
                Ok((id, data)) => {
                    let event = serde_json::from_str(&data)?;
                    self.lost = 0;
                    self.cursor = id.or(self.cursor.take());
                    self.over = self.until_rest && self.is_last(&event);
                    return Ok(Some(event));
                }
                Err(cause) => {
                    self.connection = None;
                    self.lost += 1;
                    if self.lost == ATTEMPTS {
                        return Err(cause);
                    }
                    sleep(back_off(self.lost)).await;
                }
            }
        }
        self.connection = None;
        Ok(None)
    }

    /// All events that are left.
    pub async fn collect(mut self) -> Result<Vec<ChatStreamEvent>, Box<dyn Error>> {
        let mut events = Vec::new();
        while let Some(event) = self.next().await? {
            events.push(event);
        }
        Ok(events)
    }

    async fn receive(&mut self) -> Result<(Option<String>, String), Box<dyn Error>> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(Connection::open(self.client, &self.chat, self.after_message, &self.cursor).await?),
        };
        connection.receive().await
    }

    fn is_last(&mut self, event: &ChatStreamEvent) -> bool {
        match event {
            ChatStreamEvent::QueueUpdate(update) => {
                let waiting = update.queued_messages.iter().flatten().any(|entry| Some(entry.id) == self.queued);
                self.queued = self.queued.filter(|_| waiting);
                false
            }
            ChatStreamEvent::Status(event) => event.status.status == ChatStatus::Waiting && self.queued.is_none(),
            // They come behind the status that they explain.
            ChatStreamEvent::Error(_) | ChatStreamEvent::ActionRequired(_) => true,
            _ => false,
        }
    }
}

struct Connection {
    response: reqwest::Response,
    received: Vec<u8>,
    id: Option<String>,
}

impl Connection {
    async fn open(
        client: &Configuration,
        chat: &str,
        after_message: Option<i64>,
        cursor: &Option<String>,
    ) -> Result<Self, Box<dyn Error>> {
        let url = format!("{}/api/experimental/chats/{chat}/stream", client.base_path);
        let mut request = client.client.get(url).header("Accept", "text/event-stream");
        if let Some(token) = &client.api_key {
            request = request.header("Coder-Session-Token", &token.key);
        }
        match (cursor, after_message) {
            (Some(cursor), _) => request = request.header("Last-Event-ID", cursor),
            (None, Some(message)) => request = request.query(&[("after_id", message)]),
            (None, None) => {}
        }
        let response = timeout(SILENCE, request.send()).await??.error_for_status()?;
        Ok(Self { response, received: Vec::new(), id: None })
    }

    /// (id, data) of the next event; heartbeats have no data.
    async fn receive(&mut self) -> Result<(Option<String>, String), Box<dyn Error>> {
        let mut data: Vec<String> = Vec::new();
        loop {
            let line = self.line().await?;
            let (field, value) = line.split_once(':').unwrap_or((&line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "" if line.is_empty() && !data.is_empty() => return Ok((self.id.clone(), data.join("\n"))),
                "data" => data.push(value.to_owned()),
                "id" => self.id = Some(value.to_owned()),
                _ => {}
            }
        }
    }

    async fn line(&mut self) -> Result<String, Box<dyn Error>> {
        loop {
            if let Some(end) = self.received.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.received.drain(..=end).collect();
                return Ok(String::from_utf8(line)?.trim_end_matches(['\r', '\n']).to_owned());
            }
            let piece = timeout(SILENCE, self.response.chunk()).await??.ok_or("the server ended the stream")?;
            self.received.extend_from_slice(&piece);
        }
    }
}
