package palaver.journeys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import palaver.client.model.ChatQueuedMessage;
import palaver.client.model.ChatStatus;
import palaver.client.model.ChatStreamActionRequiredEvent;
import palaver.client.model.ChatStreamErrorEvent;
import palaver.client.model.ChatStreamEvent;
import palaver.client.model.ChatStreamQueueUpdateEvent;
import palaver.client.model.ChatStreamStatusEvent;

/**
 * A chat's events over server-sent events, over as many connections as it takes, without gap or repeat: a lost
 * connection is resumed behind the last event. Closing it, from any thread, ends the waiting for an event with a
 * CancellationException. (Java 17 lets nobody interrupt a thread that reads an answer.)
 */
final class EventStream implements AutoCloseable {
  private static final int ATTEMPTS = 8;

  private final HttpClient http;
  private final String url;
  private final String token;
  private Long afterMessage;
  private String cursor;
  private boolean untilRest;
  /** A queue entry that has to have its turn before the chat can rest. */
  private Long queued;

  private volatile InputStream connection;
  private volatile boolean closed;
  private BufferedReader lines;
  private String receivedId;
  private boolean over;

  EventStream(HttpClient http, String url, String token, UUID chat) {
    this.http = http;
    this.url = url + "/api/experimental/chats/" + chat + "/stream";
    this.token = token;
  }

  /** Begins behind a message. */
  EventStream afterMessage(Long id) {
    afterMessage = id;
    return this;
  }

  /** Begins behind the event that the cursor came from. */
  EventStream after(String cursor) {
    this.cursor = cursor;
    return this;
  }

  /** Ends when the chat rests: its turn is over, has failed, or waits for the client. */
  EventStream untilRest() {
    untilRest = true;
    return this;
  }

  /** Ends when the chat rests, this entry of its queue having had its turn. */
  EventStream untilAnswered(Long entry) {
    queued = entry;
    return untilRest();
  }

  /** Where the stream is. */
  String cursor() {
    return cursor;
  }

  /** The next event; null behind the last one. */
  ChatStreamEvent next() throws IOException, InterruptedException {
    for (int attempt = 1; !over; attempt++) {
      String data;
      try {
        data = receive();
      } catch (IOException lost) {
        disconnect();
        if (closed) {
          throw new CancellationException();
        }
        if (attempt == ATTEMPTS) {
          throw lost;
        }
        Thread.sleep(Repeat.backOff(attempt).toMillis());
        continue;
      }
      ChatStreamEvent event = World.MAPPER.readValue(data, ChatStreamEvent.class);
      cursor = receivedId == null ? cursor : receivedId;
      over = untilRest && isLast(event);
      return event;
    }
    disconnect();
    return null;
  }

  /** All events that are left. */
  List<ChatStreamEvent> collect() throws IOException, InterruptedException {
    try (this) {
      List<ChatStreamEvent> events = new ArrayList<>();
      for (ChatStreamEvent event = next(); event != null; event = next()) {
        events.add(event);
      }
      return events;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    disconnect();
  }

  /** Closes what is read from, not its reader: that one waits until the reading is over. */
  private void disconnect() throws IOException {
    InputStream open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  private boolean isLast(ChatStreamEvent event) {
    if (event instanceof ChatStreamQueueUpdateEvent update) {
      List<ChatQueuedMessage> waiting = Objects.requireNonNullElse(update.getQueuedMessages(), List.of());
      if (waiting.stream().noneMatch(entry -> entry.getId().equals(queued))) {
        queued = null;
      }
      return false;
    }
    if (event instanceof ChatStreamStatusEvent status) {
      return status.getStatus().getStatus() == ChatStatus.WAITING && queued == null;
    }
    // They come behind the status that they explain.
    return event instanceof ChatStreamErrorEvent || event instanceof ChatStreamActionRequiredEvent;
  }

  /** The data of the next event; heartbeats have none. */
  private String receive() throws IOException, InterruptedException {
    if (connection == null) {
      open();
    }
    List<String> data = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (line.isEmpty() && !data.isEmpty()) {
        return String.join("\n", data);
      } else if (field.equals("data")) {
        data.add(value);
      } else if (field.equals("id")) {
        receivedId = value;
      }
    }
    throw new IOException("the server ended the stream");
  }

  private void open() throws IOException, InterruptedException {
    String place = cursor == null && afterMessage != null ? "?after_id=" + afterMessage : "";
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + place)).timeout(World.PATIENCE);
    request.header("Accept", "text/event-stream").header("Coder-Session-Token", token);
    if (cursor != null) {
      request.header("Last-Event-ID", cursor);
    }
    receivedId = null;
    var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("refused with status " + response.statusCode());
    }
    connection = response.body();
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    if (closed) {
      throw new IOException("closed while it was opened");
    }
  }
}
