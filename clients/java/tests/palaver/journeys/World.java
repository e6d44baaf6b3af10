package palaver.journeys;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import palaver.client.ApiClient;
import palaver.client.api.ChatControlApi;
import palaver.client.api.ChatFilesApi;
import palaver.client.api.ChatMessagesApi;
import palaver.client.api.ChatQueueApi;
import palaver.client.api.ChatsApi;
import palaver.client.api.UsersApi;
import palaver.client.model.ChatBusyBehavior;
import palaver.client.model.ChatInputPart;
import palaver.client.model.ChatInputTextPart;
import palaver.client.model.ChatMessage;
import palaver.client.model.ChatMessagePart;
import palaver.client.model.ChatMessageRole;
import palaver.client.model.ChatStreamEvent;
import palaver.client.model.ChatStreamMessageEvent;
import palaver.client.model.ChatStreamMessagePartEvent;
import palaver.client.model.ChatTextPart;
import palaver.client.model.CreateChatMessageRequest;
import palaver.client.model.CreateChatMessageResponse;
import palaver.client.model.CreateChatRequest;

/** The server, over one network, and what journeys do on it. */
final class World {
  static final ObjectMapper MAPPER = ApiClient.createDefaultMapper(null);
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final ChatControlApi control;
  final ChatFilesApi files;
  final ChatMessagesApi messages;
  final ChatQueueApi queue;
  final ChatsApi chats;
  final UsersApi users;

  private final HttpClient http;
  private final String url;
  private final String token;

  /** `token` is null for somebody who has not signed in. */
  World(String url, String token) {
    // The proxy of the environment is no part of the journeys.
    http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY).build();
    JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(http);
    factory.setReadTimeout(PATIENCE);
    RestClient.Builder builder = ApiClient.buildRestClientBuilder(MAPPER);
    ApiClient client = new ApiClient(builder.requestFactory(factory).requestInterceptor(new Repeat()).build());
    client.setBasePath(url);
    client.setApiKey(token);
    this.url = url;
    this.token = token;
    control = new ChatControlApi(client);
    files = new ChatFilesApi(client);
    messages = new ChatMessagesApi(client);
    queue = new ChatQueueApi(client);
    chats = new ChatsApi(client);
    users = new UsersApi(client);
  }

  UUID organization() {
    return users.getUserByName("me").getOrganizationIds().get(0);
  }

  /** A new chat, by its id. */
  UUID chat(CreateChatRequest request) {
    return chats.createChat(request.organizationId(organization()), key()).getId();
  }

  UUID chat(String said) {
    return chat(new CreateChatRequest().content(text(said)));
  }

  EventStream stream(UUID chat) {
    return new EventStream(http, url, token, chat);
  }

  CreateChatMessageResponse send(UUID chat, String said, ChatBusyBehavior busy) {
    var request = new CreateChatMessageRequest().content(text(said)).busyBehavior(busy);
    return messages.sendChatMessage(chat, request, key());
  }

  /** Sends a message and streams what follows it, until the chat rests. */
  EventStream sendAndStream(UUID chat, String said, ChatBusyBehavior busy) {
    // Looked for before sending: a message that was queued may be answered by the time that we hear of it.
    List<ChatMessage> last = messages.listChatMessages(chat, null, null, 1).getMessages();
    CreateChatMessageResponse sent = send(chat, said, busy);
    if (sent.getQueued()) {
      EventStream stream = stream(chat).untilAnswered(sent.getQueuedMessage().getId());
      return last.isEmpty() ? stream : stream.afterMessage(last.get(0).getId());
    }
    return stream(chat).afterMessage(sent.getMessage().getId()).untilRest();
  }

  List<ChatMessage> history(UUID chat) {
    var history = new ArrayList<>(messages.listChatMessages(chat, null, null, 200).getMessages());
    Collections.reverse(history);
    return history;
  }

  List<String> said(UUID chat, ChatMessageRole role) {
    return history(chat).stream().filter(message -> message.getRole() == role).map(World::textOf).toList();
  }

  static String key() {
    return UUID.randomUUID().toString();
  }

  static List<ChatInputPart> text(String said) {
    return List.of(new ChatInputTextPart().text(said));
  }

  static String textOf(ChatMessage message) {
    return textOf(Objects.requireNonNullElse(message.getContent(), List.<ChatMessagePart>of()).stream());
  }

  static String liveText(List<ChatStreamEvent> events) {
    return textOf(all(ChatStreamMessagePartEvent.class, events).map(event -> event.getMessagePart().getPart()));
  }

  /** The numbers of the live parts. */
  static List<Long> numbers(List<ChatStreamEvent> events) {
    return all(ChatStreamMessagePartEvent.class, events).map(event -> event.getMessagePart().getSeq()).toList();
  }

  static List<ChatMessage> messages(List<ChatStreamEvent> events) {
    return all(ChatStreamMessageEvent.class, events).map(ChatStreamMessageEvent::getMessage).toList();
  }

  static <T> Stream<T> all(Class<T> type, List<?> values) {
    return values.stream().filter(type::isInstance).map(type::cast);
  }

  /** What the call is refused with, which must have this status. */
  static <T> T refused(int status, Class<T> type, Runnable call) {
    try {
      call.run();
    } catch (RestClientResponseException refusal) {
      check(refusal.getStatusCode().value() == status, refusal);
      return refusal.getResponseBodyAs(type);
    }
    throw new AssertionError("not refused");
  }

  static void check(boolean holds, Object otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  static void same(Object got, Object wanted) {
    check(wanted.equals(got), "got " + got + ", want " + wanted);
  }

  private static String textOf(Stream<ChatMessagePart> parts) {
    return parts.map(part -> part instanceof ChatTextPart text ? text.getText() : "").collect(Collectors.joining());
  }
}
