//! The journeys of ../../../journeys.md.

mod network;
mod stream;
mod world;

use std::env;
use std::fs::{self, OpenOptions};
use std::future::Future;
use std::io::Write;
use std::time::{Duration, Instant};

use palaver_client::apis::chat_messages_api::SendChatMessageError;
use palaver_client::apis::users_api::{get_user_by_name, log_in_user};
use palaver_client::apis::{chat_control_api, chat_files_api, chat_messages_api, chat_queue_api, chats_api};
use palaver_client::models::imported_message::Role;
use palaver_client::models::{
    ChatBusyBehavior, ChatInputFilePart, ChatInputPart, ChatMessagePart, ChatMessageRole, ChatStatus, ChatStreamEvent,
    DynamicTool, ImportChatRequest, ImportedChat, ImportedChatFacts, ImportedMessage, ImportedPart, ImportedTextPart,
    LoginWithPasswordRequest, SendChatMessage409Response, SubmitToolResultsRequest, ToolResult,
};
use serde_json::{json, Value};
use stream::{After, EventStream};
use tokio::time::timeout;
use world::{key, live_text, messages, numbers, refused, send, send_and_stream, text, text_of, Outcome, World};

async fn sign_in(world: &World) -> Outcome {
    let (email, password) = (env::var("PALAVER_EMAIL")?, env::var("PALAVER_PASSWORD")?);
    let anonymous = network::client(&world.url, None)?;
    let session = log_in_user(&anonymous, LoginWithPasswordRequest::new(email.clone(), password)).await?;
    let signed_in = network::client(&world.url, Some(&session.session_token))?;
    assert_eq!(get_user_by_name(&signed_in, "me").await?.email, email);
    let wrong = LoginWithPasswordRequest::new(email, "Wrong-Horse-7-Staple".to_owned());
    let refusal = refused(log_in_user(&anonymous, wrong).await, 401).entity;
    use palaver_client::apis::users_api::LogInUserError::Status401;
    assert!(matches!(refusal, Some(Status401(response)) if !response.message.is_empty()));
    Ok(())
}

async fn create_and_send(world: &World) -> Outcome {
    let chat = world.rested(&world.unsteady, "first").await?;
    let sent = send(&world.unsteady, &chat, "second", None).await?;
    assert!(!sent.queued);
    let message = sent.message.ok_or("no message")?;
    EventStream::new(&world.steady, &chat, After::Message(message.id)).until_rest().collect().await?;
    assert_eq!(world.said(&chat, ChatMessageRole::User).await?, ["first", "second"]);
    assert_eq!(world.said(&chat, ChatMessageRole::Assistant).await?, ["first", "second"]);
    Ok(())
}

async fn stream_to_the_end(world: &World) -> Outcome {
    let chat = world.rested(&world.steady, "hello").await?;
    let events = send_and_stream(&world.steady, &chat, "/slow 10 0.02", None).await?.collect().await?;
    let answers = messages(&events);
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].role, ChatMessageRole::Assistant);
    assert_eq!(live_text(&events), text_of(&answers[0].content));
    let Some(ChatStreamEvent::Status(last)) = events.last() else { panic!("{:?}", events.last()) };
    assert_eq!(last.status.status, ChatStatus::Waiting);
    Ok(())
}

async fn resume(world: &World) -> Outcome {
    let chat = world.rested(&world.unsteady, "hello").await?;
    let mut stream = send_and_stream(&world.unsteady, &chat, "/slow 80 0.04", None).await?;
    let mut events = Vec::new();
    while let Some(event) = stream.next().await? {
        events.push(event);
        if numbers(&events).last() == Some(&20) {
            break;
        }
    }
    let cursor = stream.cursor.clone().ok_or("no cursor")?;
    drop(stream);
    events.extend(EventStream::new(&world.unsteady, &chat, After::Cursor(cursor)).until_rest().collect().await?);
    let seen = numbers(&events);
    assert!(seen.len() > 40, "{} parts", seen.len());
    assert_eq!(seen, (1..=seen.len() as i64).collect::<Vec<_>>());
    let answers = messages(&events);
    assert_eq!(answers.len(), 1);
    // What was said while the connection was down may come with the answer alone, when the turn has ended meanwhile.
    assert!(text_of(&answers[0].content).starts_with(&live_text(&events)));
    Ok(())
}

async fn queue_promote_interrupt(world: &World) -> Outcome {
    let queue = Some(ChatBusyBehavior::Queue);
    let chat = world.chat(&world.steady, world.chat_of(text("/slow 200 0.1"))).await?;
    send(&world.steady, &chat, "first", queue).await?;
    let second = send(&world.steady, &chat, "second", queue).await?.queued_message.ok_or("not queued")?;
    chat_queue_api::promote_chat_queued_message(&world.steady, &chat, second.id).await?;
    // Its own entry is the last of the queue: when it is at work, all others have been answered.
    let mut stream = send_and_stream(&world.steady, &chat, "/slow 200 0.2", queue).await?;
    while let Some(event) = stream.next().await? {
        if matches!(&event, ChatStreamEvent::Message(event) if text_of(&event.message.content) == "/slow 200 0.2") {
            chat_control_api::interrupt_chat(&world.steady, &chat).await?;
        }
    }
    let said = world.said(&chat, ChatMessageRole::User).await?;
    assert_eq!(said, ["/slow 200 0.1", "second", "first", "/slow 200 0.2"]);
    Ok(())
}

async fn files(world: &World) -> Outcome {
    let content = "# Notes\n\nschön\n".as_bytes();
    let path = env::temp_dir().join(format!("{}.md", key()));
    fs::write(&path, content)?;
    let named = "attachment; filename=\"notes.md\"";
    let organization = world.organization.to_string();
    let file = chat_files_api::upload_chat_file(&world.steady, &organization, named, path.clone()).await?.id;
    fs::remove_file(path)?;
    let mut said = text("read this");
    said.push(ChatInputPart::File(Box::new(ChatInputFilePart::new(file))));
    let chat = world.chat(&world.steady, world.chat_of(said)).await?;
    world.rest(&chat).await?;
    let question = world.history(&chat).await?.swap_remove(0);
    let attached = |part: &ChatMessagePart| matches!(part, ChatMessagePart::File(part) if part.file_id == Some(file));
    assert!(question.content.iter().flatten().any(attached));
    let downloaded = chat_files_api::get_chat_file(&world.steady, &file.to_string()).await?;
    assert!(downloaded.headers()["Content-Type"].to_str()?.starts_with("text/markdown"));
    assert_eq!(downloaded.bytes().await?, content);
    Ok(())
}

async fn client_side_tool(world: &World) -> Outcome {
    let mut pick = DynamicTool::new("pick".to_owned());
    pick.description = Some("Picks one.".to_owned());
    pick.input_schema = Some(Some(json!({"type": "object"})));
    let mut request = world.chat_of(text("/tool pick {\"from\": [3, 4]}"));
    request.unsafe_dynamic_tools = Some(vec![pick]);
    let chat = world.chat(&world.steady, request).await?;
    let mut stream = EventStream::new(&world.steady, &chat, After::Nothing).until_rest();
    let mut last = None;
    while let Some(event) = stream.next().await? {
        last = Some(event);
    }
    let Some(ChatStreamEvent::ActionRequired(asked)) = last else { panic!("{last:?}") };
    let [call] = &asked.action_required.tool_calls[..] else { panic!("{asked:?}") };
    assert_eq!(call.tool_name, "pick");
    assert_eq!(serde_json::from_str::<Value>(&call.args)?, json!({"from": [3, 4]}));
    let mut result = ToolResult::new(call.tool_call_id.clone());
    result.output = Some(Some(json!(3)));
    let results = SubmitToolResultsRequest::new(vec![result]);
    chat_control_api::submit_chat_tool_results(&world.steady, &chat, results).await?;
    let cursor = stream.cursor.ok_or("no cursor")?;
    EventStream::new(&world.steady, &chat, After::Cursor(cursor)).until_rest().collect().await?;
    let said = world.said(&chat, ChatMessageRole::Assistant).await?;
    assert!(said.last().is_some_and(|said| said.contains("pick answered: 3")), "{said:?}");
    Ok(())
}

async fn refused_send(world: &World) -> Outcome {
    let chat = world.chat(&world.steady, world.chat_of(text("/slow 100 0.1"))).await?;
    let busy = refused(send(&world.steady, &chat, "now", Some(ChatBusyBehavior::Reject)).await, 409).entity;
    let Some(SendChatMessageError::Status409(SendChatMessage409Response::ChatBusyResponse(busy))) = busy else {
        panic!("{busy:?}")
    };
    assert_eq!(busy.status, Some(ChatStatus::Running));
    assert!(busy.turn_message_id.is_some());
    let empty = refused(send(&world.steady, &chat, " ", None).await, 400).entity;
    assert!(matches!(empty, Some(SendChatMessageError::Status400(response)) if !response.message.is_empty()));
    chat_control_api::interrupt_chat(&world.steady, &chat).await?;
    world.rest(&chat).await?;
    assert_eq!(world.said(&chat, ChatMessageRole::User).await?.len(), 1);
    Ok(())
}

async fn paging(world: &World) -> Outcome {
    let said: Vec<String> = (0..1000).map(|index| format!("message {index}")).collect();
    let history = said.iter().zip([Role::User, Role::Assistant].into_iter().cycle()).map(|(said, role)| {
        ImportedMessage::new(role, vec![ImportedPart::Text(Box::new(ImportedTextPart::new(said.clone())))])
    });
    let facts = ImportedChatFacts::new("Long".to_owned());
    let export = ImportedChat::new("palaver-chat".to_owned(), 1, facts, history.collect());
    let request = ImportChatRequest::new(world.organization, export);
    let chat = chats_api::import_chat(&world.steady, request, Some(&key())).await?.id.to_string();
    let mut read = Vec::new();
    let mut before = None;
    loop {
        let page = chat_messages_api::list_chat_messages(&world.steady, &chat, before, None, Some(150)).await?;
        read.extend(page.messages.iter().map(|message| text_of(&message.content)));
        before = page.messages.last().map(|message| message.id);
        if !page.has_more {
            break;
        }
    }
    read.reverse();
    assert_eq!(read, said);
    Ok(())
}

async fn cancel(world: &World) -> Outcome {
    let chat = world.chat(&world.steady, world.chat_of(text("/slow 20 0.1"))).await?;
    let mut left = EventStream::new(&world.steady, &chat, After::Nothing);
    while !matches!(left.next().await?, Some(ChatStreamEvent::MessagePart(_))) {}
    drop(left);
    // Dropping the future that waits is what cancels it.
    let endless = EventStream::new(&world.steady, &chat, After::Nothing).collect();
    let began = Instant::now();
    assert!(timeout(Duration::from_millis(300), endless).await.is_err());
    assert!(began.elapsed() < Duration::from_millis(1500));
    world.rest(&chat).await?;
    assert!(world.said(&chat, ChatMessageRole::Assistant).await?.last().is_some_and(|said| !said.is_empty()));
    Ok(())
}

/// Tells the runner of each journey that was gone.
async fn go(name: &str, journey: impl Future<Output = Outcome>) -> Outcome {
    let began = Instant::now();
    println!("{name}");
    timeout(Duration::from_secs(180), journey).await??;
    println!("{name} passed in {:.1} s", began.elapsed().as_secs_f64());
    let mut passed = OpenOptions::new().append(true).create(true).open(env::var("PALAVER_PASSED")?)?;
    Ok(writeln!(passed, "{name}")?)
}

macro_rules! go_all {
    ($world:expr, $($journey:ident),+) => {
        $(go(stringify!($journey), $journey($world)).await?;)+
    };
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let world = &World::from_environment().await?;
    go_all!(world, sign_in, create_and_send, stream_to_the_end, resume, queue_promote_interrupt, files);
    go_all!(world, client_side_tool, refused_send, paging, cancel);
    Ok(())
}
