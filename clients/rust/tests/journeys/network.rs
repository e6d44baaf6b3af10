//! The client as a program would set it up: what the server or the network refuses for a while is asked for again.

use std::time::Duration;

use async_trait::async_trait;
use http::Extensions;
use palaver_client::apis::configuration::{ApiKey, Configuration};
use reqwest::{Method, Request, Response};
use reqwest_middleware::{ClientBuilder, Middleware, Next, Result};

const ATTEMPTS: u32 = 4;

/// A client of the server at `url`. The proxy of the environment is no part of the journeys.
pub fn client(url: &str, token: Option<&str>) -> std::result::Result<Configuration, reqwest::Error> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    Ok(Configuration {
        base_path: url.to_owned(),
        client: ClientBuilder::new(http).with(Repeat).build(),
        api_key: token.map(|key| ApiKey { prefix: None, key: key.to_owned() }),
        ..Configuration::default()
    })
}

/// Waits as long as `Retry-After` says; repeats after a lost connection what cannot act twice.
struct Repeat;

#[async_trait]
impl Middleware for Repeat {
    async fn handle(&self, request: Request, extensions: &mut Extensions, next: Next<'_>) -> Result<Response> {
        let harmless = request.method() == Method::GET || request.headers().contains_key("Idempotency-Key");
        for attempt in 1..ATTEMPTS {
            // A body that is read from a file cannot be sent again.
            let Some(copy) = request.try_clone() else { break };
            let answer = next.clone().run(copy, extensions).await;
            let delay = match &answer {
                Ok(response) => match retry_after(response) {
                    Some(delay) => delay,
                    None => return answer,
                },
                Err(_) if harmless => back_off(attempt),
                Err(_) => return answer,
            };
            tokio::time::sleep(delay).await;
        }
        next.run(request, extensions).await
    }
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get("Retry-After")?.to_str().ok()?.parse().ok()?;
    matches!(response.status().as_u16(), 429 | 503).then(|| Duration::from_secs(seconds))
}

/// The wait behind the attempt.
pub fn back_off(attempt: u32) -> Duration {
    Duration::from_millis(100) * 2u32.pow(attempt.min(6))
}
